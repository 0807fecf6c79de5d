/* SPDX-License-Identifier: BSD-3-Clause */
/* The ring under test, for the models of devices on its other side. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/errno.h>
#include <uk/virtq.h>

#define SIZE 8
#define PA 0x100000

static struct uk_virtq q;
static struct uk_virtq_own own[SIZE];
static struct uk_virtq_layout layout;
static uint8_t *shared;

static const struct uk_virtq_seg segs[3] = {
	{ 0x1000, 12 }, { 0x2000, 100 }, { 0x3000, 50 },
};
static int cookies[SIZE];

static void ring_start(bool packed, bool with_event, uint16_t pieces)
{
	const struct uk_virtq_form form = {
		.size = SIZE, .event = with_event, .pieces = pieces,
		.packed = packed,
	};

	free(shared);
	layout = uk_virtq_layout(&form);
	shared = calloc(1, layout.len);
	assert_non_null(shared);
	uk_virtq_init(&q, &form, shared, PA, own);
}

static int teardown(void **state)
{
	(void)state;
	free(shared);
	shared = NULL;
	return 0;
}
