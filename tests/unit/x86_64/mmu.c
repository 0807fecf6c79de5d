/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "mmu.h"

static _Alignas(4096) uint64_t frames[MMU_FRAMES][512];
static bool used[MMU_FRAMES];

unsigned int mmu_taken, mmu_left, mmu_refused;

static uint64_t take(void)
{
	unsigned int i;

	if (!mmu_left) {
		mmu_refused++;
		return 0;
	}
	mmu_left--;
	for (i = 0; i < MMU_FRAMES && used[i]; i++)
		;
	CHECK(i < MMU_FRAMES);
	used[i] = true;
	mmu_taken++;
	memset(frames[i], 0xa5, sizeof(frames[i]));
	return MMU_BASE + i * 4096ul;
}

static void give(uint64_t pa)
{
	size_t i = (pa - MMU_BASE) / 4096;

	CHECK(pa >= MMU_BASE && pa % 4096 == 0 && i < MMU_FRAMES);
	CHECK(used[i]);
	used[i] = false;
	mmu_taken--;
	mmu_left++;
	memset(frames[i], 0x5a, sizeof(frames[i]));
}

struct ukarch_pt mmu_pt = { .take = take, .give = give };

void mmu_reset(bool nx)
{
	memset(used, 0, sizeof(used));
	mmu_taken = 0;
	mmu_left = MMU_FRAMES;
	mmu_pt.nx = nx;
	mmu_pt.window = (uintptr_t)frames - MMU_BASE;
	mmu_pt.root = take();
	ukarch_pt_clear(frames[0]);
}

static uint64_t *table(uint64_t pa)
{
	size_t i = (pa - MMU_BASE) / 4096;

	CHECK(pa >= MMU_BASE && pa % 4096 == 0 && i < MMU_FRAMES);
	CHECK(used[i]);
	return frames[i];
}

#define ADDRESS 0x000ffffffffff000ul

/* Bits as the manual has them: 0 P, 1 W, 2 U, 3 PWT, 4 PCD, 7 PS, 63 NX. */
struct mmu_page mmu_walk(uintptr_t va)
{
	uint64_t e = table(mmu_pt.root)[va >> 39 & 511], size = 0;
	struct mmu_page p = { .mapped = false };
	bool writable = true;
	int level;

	for (level = 4; e & 1; level--) {
		CHECK((e & 4) == 0);
		writable = writable && (e & 2);
		if (level == 1 || (e & 0x80)) {
			CHECK(level == 1 || level == 2);
			size = level == 1 ? 4096 : 2ul << 20;
			break;
		}
		/* A table forbids nothing that its entries allow. */
		CHECK((e & 2) && !(e >> 63));
		e = table(e & ADDRESS)[va >> (12 + 9 * (level - 2)) & 511];
	}
	if (!(e & 1)) {
		CHECK((e) == 0);
		return p;
	}
	/* PAT stays 0: bit 7 of a small page, bit 12 of a large one. */
	CHECK((e & ADDRESS & (size - 1)) == 0);
	CHECK(level == 2 || !(e & 0x80));
	CHECK(mmu_pt.nx || !(e >> 63));
	p.mapped = true;
	p.w = writable;
	p.x = !(e >> 63);
	p.device = (e & 0x18) == 0x18;
	CHECK(p.device || !(e & 0x18));
	p.large = level == 2;
	p.pa = (e & ADDRESS) + (va & (size - 1));
	return p;
}

static unsigned int count(uint64_t pa, int level)
{
	unsigned int i, n = 1;

	for (i = 0; level > 1 && i < 512; i++) {
		uint64_t e = table(pa)[i];

		if ((e & 1) && !(e & 0x80))
			n += count(e & ADDRESS, level - 1);
	}
	return n;
}

unsigned int mmu_reachable(void)
{
	return count(mmu_pt.root, 4);
}
