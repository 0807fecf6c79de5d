/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/plat.h>
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

UK_SELFTEST(shuffle, "libraries, functions and data are in a new order", order);
