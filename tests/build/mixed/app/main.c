/* SPDX-License-Identifier: BSD-3-Clause */
/* One packet to two libraries, which differ in nothing but their profile. */
#include <stdio.h>
#include <string.h>

int untrusted_input(const unsigned char *packet, size_t n);
int hot_input(const unsigned char *packet, size_t n);

int main(int argc, char **argv)
{
	unsigned char packet[32] = { 7, 1, 2, 64 };
	volatile size_t n = sizeof(packet);

	/* Past the array by one, into the sum behind it. */
	if (argc > 1 && !strcmp(argv[1], "odd"))
		packet[1] = 8;
	printf("hot: %d\n", hot_input(packet, n));
	printf("untrusted: %d\n", untrusted_input(packet, n));
	return 0;
}
