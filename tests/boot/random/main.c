/* SPDX-License-Identifier: BSD-3-Clause */
/* The generator in an image: seeded, checked, and refused without entropy. */
#include <stdio.h>
#include <string.h>
#include <uk/swrand.h>
#include <uk/time.h>

int main(void)
{
	static unsigned char big[10000];
	unsigned int count[256] = { 0 }, least = ~0u, most = 0;
	uint64_t a = uk_swrand_u64(), b = uk_swrand_u64();
	struct uk_date d;

	printf("ready=%d check=%d differ=%d\n", uk_swrand_ready(),
	       uk_swrand_check(), a != b);
	for (int i = 0; i < 10; i++) {
		uk_swrand_fill(big, sizeof(big));
		for (unsigned int k = 0; k < sizeof(big); k++)
			count[big[k]]++;
	}
	for (int i = 0; i < 256; i++) {
		least = count[i] < least ? count[i] : least;
		most = count[i] > most ? count[i] : most;
	}
	/* Mean 390.6, deviation 19.7: eight of them. */
	printf("flat=%d\n", least > 233 && most < 548);
	uk_time_to_date((int64_t)(uk_time_wall() / UK_NSEC_PER_SEC), &d);
	printf("year=%d\n", (int)d.year);
	return 0;
}
