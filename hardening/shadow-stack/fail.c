/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/crash.h>
#include <uk/shadow.h>

/* Compiled code comes here when a return address has changed. */
void uk_shadow_fail(void)
{
	uk_crash(UK_DEATH_RETURN, "a function's return address was "
		 "overwritten");
}
