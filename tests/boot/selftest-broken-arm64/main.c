/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The claims that are of this CPU, or made otherwise on it, are broken before
 * their self-tests run: by flags (Makefile.uk). An image that still reaches
 * main has self-tests that cannot fail.
 */
#include <stdio.h>

int main(void)
{
	printf("main ran\n");
	return 0;
}
