/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/selftest.h>
#include <uk/vm.h>

#define AREAS 6
/* Where core has least room, 2^44 bytes on linuxu, two areas lie this near
 * once in 2^23 boots; two pairs of the six, the stack and the image once in
 * 2^37. Fewer than six could lie far apart without being random: in holes
 * between what is there. */
#define NEAR (1ul << 20)
#define NEAR_PAIRS 1

/* Nothing is where the linker put the image, by the real tables. */
static int image(struct uk_selftest_result *r)
{
	uintptr_t linked = (uintptr_t)uk_image_start - uk_image_slide;
	uintptr_t end = linked + (uintptr_t)(uk_image_end - uk_image_start);
	unsigned int rights;
	uint64_t pa;
	size_t len;

	r->why = "the image runs where it is linked to be";
	if (!uk_image_slide)
		return UK_SELFTEST_FAIL;
	if (!(ukplat_info.features & UKPLAT_F_QUERY))
		return UK_SELFTEST_OK;
	r->why = "something is mapped where the image is linked to be";
	for (; linked < end; linked += len) {
		len = 0;
		if (!ukplat_map_query(linked, &pa, &rights, &len) ||
		    len < UK_PAGE_SIZE)
			return UK_SELFTEST_FAIL;
	}
	return UK_SELFTEST_OK;
}

/* Every place that a relocation names holds an address of the image as it
 * lies now; in data that may have changed since, anything but one of the image
 * as it was linked. */
static bool is_right(const uintptr_t *at)
{
	const char *place = (const char *)at;
	bool changes = place >= uk_image_data_start &&
		       place < uk_image_data_end;
	uintptr_t to = *at + (changes ? uk_image_slide : 0);
	bool inside = to >= (uintptr_t)uk_image_start &&
		      to <= (uintptr_t)uk_image_end;

	return inside != changes;
}

static int pointers(struct uk_selftest_result *r)
{
	const uintptr_t *at = NULL;
	const uint64_t *e;
	uint64_t bits;
	unsigned int i, n = 0;

#ifdef CONFIG_HARDEN_SHUFFLE
	/* The list names the places that the linker gave. */
	r->why = "shuffle has a list of its own";
	return UK_SELFTEST_SKIP;
#endif
	r->why = "an address was not relocated";
	for (e = uk_image_relr_start; e < uk_image_relr_end; e++) {
		if (!*e)	/* filling: docs/relink.md */
			continue;
		if (!(*e & 1)) {
			at = (const uintptr_t *)(*e + uk_image_slide);
			n++;
			if (!is_right(at++))
				return UK_SELFTEST_FAIL;
			continue;
		}
		for (bits = *e >> 1, i = 0; bits; bits >>= 1, i++) {
			n += bits & 1;
			if (bits & 1 && !is_right(at + i))
				return UK_SELFTEST_FAIL;
		}
		at += 63;
	}
	r->why = "the image has no relocation";
	return n ? UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

static unsigned int near_pairs(const uintptr_t *p, unsigned int n)
{
	unsigned int i, j, near = 0;

	for (i = 0; i < n; i++)
		for (j = 0; j < i; j++)
			near += UK_MAX(p[i], p[j]) - UK_MIN(p[i], p[j]) < NEAR;
	return near;
}

/* New areas lie neither beside each other nor beside what is there. Where
 * they lie is asked, memory in them is not. */
static int areas(struct uk_selftest_result *r)
{
	uintptr_t p[AREAS + 2];
	unsigned int i;

	for (i = 0; i < AREAS; i++) {
		p[i] = (uintptr_t)uk_vm_reserve("selftest", UK_PAGE_SIZE);
		if (!p[i])
			break;
	}
	p[i] = (uintptr_t)__builtin_frame_address(0);
	p[i + 1] = (uintptr_t)uk_image_start;
	r->why = "areas lie side by side";
	r->want = NEAR_PAIRS;
	r->got = near_pairs(p, i + 2);
	while (i > 0)
		uk_vm_free((void *)p[--i]);
	return r->got > NEAR_PAIRS ? UK_SELFTEST_FAIL : UK_SELFTEST_OK;
}

UK_SELFTEST(aslr, "nothing is where the image is linked to be", image);
UK_SELFTEST(aslr, "every address in the image is right for its place",
	    pointers);
UK_SELFTEST(aslr, "areas do not lie side by side", areas);
