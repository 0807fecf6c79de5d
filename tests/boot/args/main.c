/* SPDX-License-Identifier: BSD-3-Clause */
/* What the boot command line becomes: parameters and argv. */
#include <stdio.h>
#include <uk/param.h>

static bool flag UK_RO_AFTER_INIT;
static int mtu UK_RO_AFTER_INIT = 1500;
static uint64_t size UK_RO_AFTER_INIT = 7;
static char name[8] UK_RO_AFTER_INIT = "none";

UK_PARAM(test, flag, bool, &flag, "a switch");
UK_PARAM_RANGE(test, mtu, &mtu, 576, 9000, "bytes in a packet");
UK_PARAM(test, size, uint64, &size, "a large number");
UK_PARAM(test, name, string, &name, "what we are called");

int main(int argc, char **argv)
{
	printf("flag=%d mtu=%d size=%llu name=%s\n", flag, mtu,
	       (unsigned long long)size, name);
	printf("argc=%d\n", argc);
	for (int i = 0; i < argc; i++)
		printf("argv[%d]=%s\n", i, argv[i]);
	printf("closed=%d\n", argv[argc] == NULL);
	return argc > 1 ? argv[1][0] % 64 : 0;
}
