/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <uk/selftest.h>

static int skips(struct uk_selftest_result *r)
{
	r->why = "nothing to try";
	return UK_SELFTEST_SKIP;
}

UK_SELFTEST(example, "a skip is counted", skips);

int main(void)
{
	printf("main ran\n");
	return 0;
}
