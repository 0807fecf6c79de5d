/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/draw.h>
#include <uk/plat.h>
#include <uk/print.h>
#include "draw.h"
#include "range.h"

static struct uk_draw state;

void mem_draw_init(const struct uk_bootinfo *bi)
{
	uint8_t own[32];
	size_t n = ukplat_entropy(own, sizeof(own));

	uk_draw_init(&state, UK_DRAW_AREAS);
	uk_draw_seed(&state, own, n);
	uk_draw_seed(&state, bi->seed, bi->seed_len);
	uk_wipe(own, sizeof(own));
	if (n + bi->seed_len >= UK_DRAW_MIN)
		return;
	uk_print_raw("aslr: no entropy for a random layout. Use a CPU model "
		     "that has RDRAND (QEMU: -cpu max) or a loader that passes "
		     "a seed.\n");
	ukplat_exit(UK_EXIT_ENTROPY);
}

/* Whoever reads the state learns the next few places and no more: each block
 * has some fresh entropy, where there is any. */
uint64_t mem_draw(uint64_t n)
{
	uint32_t fresh;

	if (!state.left && ukplat_entropy(&fresh, sizeof(fresh)))
		state.key[0] ^= fresh;
	return uk_draw(&state, n);
}

uint64_t mem_draw_phase(void)
{
	return UK_PAGE_SIZE * mem_draw(MEM_LARGE_PAGE / UK_PAGE_SIZE);
}
