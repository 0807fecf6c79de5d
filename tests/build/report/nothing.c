/* SPDX-License-Identifier: BSD-3-Clause */
/* A library in which most mitigations have nothing to do. */
int nothing_constant(void);

int nothing_constant(void)
{
	return 42;
}
