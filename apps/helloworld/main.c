/* SPDX-License-Identifier: BSD-3-Clause */
/* The smallest application: greets and prints its arguments. */
#include <stdio.h>
#include <uk/config.h>

int main(int argc, char *argv[])
{
	printf("Hello world!\n");
#if CONFIG_APPHELLOWORLD_PRINTARGS
	printf("Arguments: ");
	for (int i = 0; i < argc; i++)
		printf(" \"%s\"", argv[i]);
	printf("\n");
#else
	(void)argc;
	(void)argv;
#endif
	return 0;
}
