/* SPDX-License-Identifier: BSD-3-Clause */
/* The permutation of hardening/shuffle against a model of what it may not
 * change; the stream that decides; RELR and SHA-256 of support/relink. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "kit.h"
#include "relink.h"

const char *tool = "test";

struct drawn {
	uint32_t *to;
	bool fits;
};

static struct drawn draw(const struct made *m, uint32_t seed)
{
	uint32_t key[8] = { seed }, *scratch;
	struct shuffle_random r;
	struct drawn d;
	size_t n = m->view.head.pieces + 1ul;

	d.to = calloc(2 * n, sizeof(*d.to));
	scratch = calloc(n + m->view.head.parts, sizeof(*scratch));
	shuffle_random_init(&r, key);
	d.fits = shuffle_draw(&m->view, &r, d.to, scratch);
	free(scratch);
	return d;
}

/* Every piece inside its zone, aligned, and on no byte of another. */
static void check_places(const struct made *m, const uint32_t *to)
{
	const struct kit_piece *p = m->view.pieces;
	uint8_t *used = calloc(1, m->view.head.span);
	uint32_t piece = 1, part = 0;

	for (uint32_t z = 0; z < m->view.head.zones; z++) {
		const struct kit_zone *zone = &m->view.zones[z];

		for (uint32_t i = 0; i < zone->parts; i++)
			for (uint32_t n = m->view.parts[part++].pieces; n;
			     n--, piece++, p++) {
				assert_true(to[piece] >= zone->at);
				assert_true(to[piece] + KIT_SIZE(p) <=
					    zone->at + zone->len);
				assert_int_equal(to[piece] % KIT_ALIGN(p), 0);
				for (uint32_t b = 0; b < KIT_SIZE(p); b++)
					assert_false(used[to[piece] + b]++);
			}
	}
	free(used);
}

/* A library stays in one piece: nobody else's is between two of its own. */
static void check_parts(const struct made *m, const uint32_t *to)
{
	uint32_t piece = 1;

	for (uint32_t part = 0; part < m->view.head.parts; part++) {
		uint32_t n = m->view.parts[part].pieces, low = ~0u, high = 0;

		for (uint32_t i = piece; i < piece + n; i++) {
			low = to[i] < low ? to[i] : low;
			high = to[i] > high ? to[i] : high;
		}
		for (uint32_t i = 1; i <= m->view.head.pieces; i++)
			assert_true((i >= piece && i < piece + n) ||
				    to[i] < low || to[i] > high);
		piece += n;
	}
}

/* Where libraries have pages of their own: nothing in the page before one. */
static void check_moats(const struct made *m, const uint32_t *to)
{
	const uint64_t base = m->view.head.base;
	uint32_t piece = 1, parts = m->view.zones[0].parts;

	if (m->view.zones[0].align != KIT_MAX_ALIGN)
		return;
	for (uint32_t part = 0; part < parts; part++) {
		uint32_t n = m->view.parts[part].pieces;
		uint64_t low = ~0ul;

		for (; n; n--, piece++)
			low = base + to[piece] < low ? base + to[piece] : low;
		low &= -4096ul;
		for (uint32_t i = 1; i <= m->view.head.pieces; i++)
			assert_true(base + to[i] >= low || base + to[i] +
				    KIT_SIZE(&m->view.pieces[i - 1]) <=
				    low - 4096);
	}
}

/* Bytes of a piece that are in no field have come along. */
static void check_bytes(const struct made *m, const uint8_t *image,
			const uint32_t *to)
{
	uint8_t *field = calloc(1, m->view.head.span);

	for (unsigned int i = 0; i < m->fields; i++)
		memset(field + to[m->field[i].piece] + m->field[i].at, 1,
		       m->field[i].kind == KIT_ABS64 ? 8 : 4);
	for (uint32_t i = 1; i <= m->view.head.pieces; i++)
		for (uint32_t b = 0; b < KIT_SIZE(&m->view.pieces[i - 1]) &&
		     to[i] < m->view.head.loaded; b++)
			if (!field[to[i] + b])
				assert_int_equal(image[to[i] + b], m->mark[i]);
	free(field);
}

static void test_model(void **state)
{
	(void)state;
	for (uint32_t nr = 0; nr < 300; nr++) {
		struct made m;
		struct drawn d;
		uint8_t *new;

		made_draw(&m, nr);
		d = draw(&m, nr);
		assert_true(d.fits);
		check_places(&m, d.to);
		check_parts(&m, d.to);
		check_moats(&m, d.to);
		new = malloc(m.view.head.loaded + 1ul);
		memcpy(new, m.image, m.view.head.loaded);
		assert_true(shuffle_apply(&m.view, d.to, m.image, new, NULL));
		check_bytes(&m, new, d.to);
		for (unsigned int i = 0; i < m.fields; i++)
			assert_int_equal(made_value(&m.field[i], new, d.to),
					 made_want(&m, &m.field[i], d.to));
		free(new);
		free(d.to);
		made_free(&m);
	}
}

/* The order alone: index of each of four pieces in a zone of their own. */
static unsigned int order_of(uint32_t seed)
{
	struct {
		struct kit_head head;
		struct kit_zone zone;
		struct kit_part part;
		struct kit_piece piece[4];
		uint8_t fields[5];
	} kit = {
		.head = { KIT_MAGIC, KIT_VERSION, 1, 1, 4, 5, .span = 256,
			  .loaded = 256 },
		.zone = { .len = 256, .parts = 1 }, .part = { 4 },
		.piece = { { 0, 64 }, { 16, 64 }, { 32, 64 }, { 48, 64 } },
	};
	uint32_t key[8] = { seed }, to[10], scratch[6];
	struct shuffle_random r;
	struct shuffle_kit k;
	unsigned int order = 0;

	assert_null(shuffle_open(&k, &kit, offsetof(__typeof__(kit), fields) +
				 5));
	shuffle_random_init(&r, key);
	assert_true(shuffle_draw(&k, &r, to, scratch));
	for (unsigned int i = 1; i <= 4; i++) {
		unsigned int before = 0;

		for (unsigned int j = 1; j <= 4; j++)
			before += to[j] < to[i];
		order = order * 4 + before;
	}
	return order;
}

#define SEEDS 24000

static void test_every_order_alike(void **state)
{
	static unsigned int seen[256];
	unsigned int orders = 0;
	double chi2 = 0, want = SEEDS / 24.0;

	(void)state;
	for (uint32_t seed = 0; seed < SEEDS; seed++)
		seen[order_of(seed)]++;
	for (unsigned int i = 0; i < 256; i++) {
		if (!seen[i])
			continue;
		orders++;
		chi2 += (seen[i] - want) * (seen[i] - want) / want;
	}
	assert_int_equal(orders, 24);
	/* 23 degrees of freedom: beyond 49.7 once in a thousand times, and
	 * the seeds are always the same */
	assert_true(chi2 < 49.7);
}

static void test_uniform(void **state)
{
	static const uint32_t bounds[] = { 1, 2, 3, 200, 256, 257, 300,
					   65536, 65537, 1u << 31 };
	uint32_t key[8] = { 1 };
	struct shuffle_random r;

	(void)state;
	shuffle_random_init(&r, key);
	for (size_t b = 0; b < sizeof(bounds) / sizeof(*bounds); b++) {
		uint32_t bound = bounds[b], v, low = 0, n = 20000;

		for (uint32_t i = 0; i < n; i++) {
			v = shuffle_uniform(&r, bound);
			assert_true(v < bound);
			low += v < (bound + 1) / 2;
		}
		/* half of them below the middle, but for 1 and 3 */
		if (bound > 3)
			assert_in_range(low, n / 2 - 400, n / 2 + 400);
	}
}

/* ChaCha20 with key and nonce 0: the stream of RFC 8439, appendix A.1. */
static void test_stream(void **state)
{
	static const uint8_t want[] = { 0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1,
					0x3d, 0x90 };
	uint32_t key[8] = { 0 };
	struct shuffle_random r;

	(void)state;
	shuffle_random_init(&r, key);
	for (size_t i = 0; i < sizeof(want); i++)
		assert_int_equal(shuffle_uniform(&r, 256), want[i]);
	for (size_t i = 8; i < 64; i++)
		shuffle_uniform(&r, 256);
	assert_int_equal(shuffle_uniform(&r, 256), 0x9f);
}

/* Every single bit of the head, and a kit cut off anywhere. */
static void test_broken_kits(void **state)
{
	struct shuffle_kit k;
	struct made m;

	(void)state;
	made_draw(&m, 7);
	for (size_t n = 0; n < m.kit_len; n++)
		assert_non_null(shuffle_open(&k, m.kit, n));
	for (size_t bit = 0; bit < 8 * offsetof(struct kit_head, pointers);
	     bit++) {
		m.kit[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_non_null(shuffle_open(&k, m.kit, m.kit_len));
		m.kit[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_null(shuffle_open(&k, m.kit, m.kit_len));
	((struct kit_zone *)(m.kit + sizeof(struct kit_head)))->len += 0x10000;
	assert_non_null(shuffle_open(&k, m.kit, m.kit_len));
	made_free(&m);
}

/* A field that its new address does not fit into. */
static void test_overflow(void **state)
{
	struct made m;
	struct drawn d;
	uint8_t *new;
	unsigned int refused = 0;

	(void)state;
	made_draw(&m, 3);
	for (unsigned int i = 0; i < m.fields; i++) {
		const struct made_field *f = &m.field[i];
		uint32_t edge = f->kind == KIT_ABS32 ? 0xffffffff : 0x7fffffff;

		if (f->kind == KIT_ABS64 || !f->piece)
			continue;
		memcpy(m.image + m.view.pieces[f->piece - 1].at + f->at, &edge,
		       4);
	}
	new = malloc(m.view.head.loaded + 1ul);
	for (uint32_t seed = 0; seed < 20; seed++) {
		d = draw(&m, seed);
		refused += !shuffle_apply(&m.view, d.to, m.image, new,
					  NULL);
		free(d.to);
	}
	assert_int_equal(refused, 20);
	free(new);
	made_free(&m);
}

/* Pointers as RELR, moved, and read again by other code than wrote it. */
static void relr_places(const uint64_t *words, size_t n, uint8_t *seen)
{
	uint64_t next = 0;

	for (size_t i = 0; i < n; i++) {
		if (!(words[i] & 1)) {
			if (words[i])
				seen[words[i]]++;
			next = words[i] + 8;
			continue;
		}
		for (unsigned int b = 1; b < 64; b++)
			if (words[i] >> b & 1)
				seen[next + (b - 1) * 8]++;
		next += 63 * 8;
	}
}

static void test_relr(void **state)
{
	enum { PIECES = 40, SIZE = 64, ROOM = 128 };
	static struct kit_piece piece[PIECES];
	static uint32_t to[PIECES + 1];
	static uint64_t words[ROOM], old[0x3000 / 8], new[0x3000 / 8];
	static uint8_t want[0x3000], seen[0x3000];
	struct order o = { .to = to };

	(void)state;
	o.kit.pieces = piece;
	o.kit.head.pieces = PIECES;
	o.kit.head.loaded = 0x3000;
	o.kit.head.relr = 0x2000;
	o.kit.head.relr_len = sizeof(words);
	for (uint32_t i = 0; i < PIECES; i++) {
		uint32_t at = 8 * (i % 8), other = i * 17 % PIECES;

		piece[i].at = 64 + i * SIZE;
		piece[i].size_align = SIZE << 4;
		to[i + 1] = 64 + other * SIZE;
		words[i] = piece[i].at + at;
		want[to[i + 1] + at]++;
	}
	words[PIECES] = 0x1800;		/* in no piece: stays */
	want[0x1800]++;
	memcpy((uint8_t *)old + 0x2000, words, sizeof(words));
	relr_move(&o, (uint8_t *)old, (uint8_t *)new);
	relr_places(new + 0x2000 / 8, ROOM, seen);
	assert_memory_equal(want, seen, sizeof(want));
	/* and back, from what it wrote itself */
	for (uint32_t i = 0; i < PIECES; i++) {
		uint32_t at = piece[i].at;

		piece[i].at = to[i + 1];
		to[i + 1] = at;
	}
	relr_move(&o, (uint8_t *)new, (uint8_t *)old);
	memset(want, 0, sizeof(want));
	memset(seen, 0, sizeof(seen));
	relr_places(words, ROOM, want);
	relr_places(old + 0x2000 / 8, ROOM, seen);
	assert_memory_equal(want, seen, sizeof(want));
}

static void test_sha256(void **state)
{
	static const uint8_t abc[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01,
				       0xcf, 0xea };
	static const uint8_t million_a[] = { 0xcd, 0xc7, 0x6e, 0x5c, 0x99,
					     0x14, 0xfb, 0x92 };
	char a[1000];
	uint8_t out[32];
	struct sha256 s;

	(void)state;
	sha256_init(&s);
	sha256_add(&s, "abc", 3);
	sha256_end(&s, out);
	assert_memory_equal(out, abc, sizeof(abc));
	memset(a, 'a', sizeof(a));
	sha256_init(&s);
	for (unsigned int i = 0; i < 1000; i++)
		sha256_add(&s, a, sizeof(a));
	sha256_end(&s, out);
	assert_memory_equal(out, million_a, sizeof(million_a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_model),
		cmocka_unit_test(test_every_order_alike),
		cmocka_unit_test(test_uniform),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_broken_kits),
		cmocka_unit_test(test_overflow),
		cmocka_unit_test(test_relr),
		cmocka_unit_test(test_sha256),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
