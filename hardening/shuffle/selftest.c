/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/probe.h>
#include <uk/selftest.h>
#include <uk/shuffle.h>

/* A piece may come to lie where it was; hardly one in twenty does. */
static int order(struct uk_selftest_result *r)
{
	r->want = uk_shuffle_done.pieces - uk_shuffle_done.pieces / 8;
	r->got = uk_shuffle_done.moved;
	r->why = "functions and data are where the linker put them";
	return r->want && r->got >= r->want ? UK_SELFTEST_OK :
	       UK_SELFTEST_FAIL;
}

/* Read back from the page tables, and one of them by touching it. */
static int gaps(struct uk_selftest_result *r)
{
	const struct uk_shuffle_done *d = &uk_shuffle_done;
	uintptr_t start = (uintptr_t)uk_image_start, at;
	unsigned int rights;
	uint64_t pa;
	size_t len;

	r->why = "two libraries have no unmapped page between them";
	r->want = d->parts;
	r->got = d->n_gaps;
	if (!d->parts || d->n_gaps < d->parts)
		return UK_SELFTEST_FAIL;
	r->why = "a gap between libraries is mapped";
	for (uint32_t i = 0; i < d->n_gaps; i++)
		for (at = d->gap[i].at; at < d->gap[i].at + d->gap[i].len;
		     at += UK_PAGE_SIZE)
			if (!ukplat_map_query(start + at, &pa, &rights, &len))
				return UK_SELFTEST_FAIL;
	return uk_probe_faults(start + d->gap[0].at, UKARCH_ACCESS_READ) ?
		UK_SELFTEST_OK : UK_SELFTEST_FAIL;
}

UK_SELFTEST(shuffle, "nothing is mapped between libraries", gaps);
UK_SELFTEST(shuffle, "libraries, functions and data are in a new order", order);
