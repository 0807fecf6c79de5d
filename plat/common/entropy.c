/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/arch/cpu.h>
#include <uk/essentials.h>
#include <uk/plat.h>
#include <uk/str.h>

size_t ukplat_entropy(void *buf, size_t len)
{
	uint8_t *p = buf;
	size_t done = 0, n;
	uint64_t word;

	while (done < len && ukarch_entropy_u64(&word)) {
		n = UK_MIN(len - done, sizeof(word));
		memcpy(p + done, &word, n);
		done += n;
	}
	return done;
}
