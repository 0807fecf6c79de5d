/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/swrand.h>
#include <uk/chacha.h>
#include "health.h"
#include "model.h"

/* ---- the platform ---- */

static size_t entropy_has;	/* bytes it gives at most */
static uint64_t entropy_state;
static bool entropy_stuck;
static jmp_buf crashed;
static int irq_off;

static void entropy_bytes(uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		entropy_state = entropy_state * 6364136223846793005ull +
				1442695040888963407ull;
		p[i] = entropy_stuck ? 0xff : (uint8_t)(entropy_state >> 56);
	}
}

static void entropy_32(uint8_t *p)
{
	entropy_bytes(p, 32);
}

size_t ukplat_entropy(void *buf, size_t len)
{
	len = len < entropy_has ? len : entropy_has;
	entropy_bytes(buf, len);
	return len;
}

unsigned long ukplat_irq_save(void)
{
	return (unsigned long)irq_off++;
}

void ukplat_irq_restore(unsigned long flags)
{
	irq_off = (int)flags;
}

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	(void)fmt;
	longjmp(crashed, (int)what);
}

/* ---- tests, in this order: the generator is seeded once ---- */

static void hex(uint8_t *out, const char *s)
{
	for (size_t i = 0; s[2 * i]; i++) {
		char two[3] = { s[2 * i], s[2 * i + 1] };

		out[i] = (uint8_t)strtoul(two, NULL, 16);
	}
}

/* RFC 8439, appendix A.1 (1 to 5) and section 2.3.2. */
static const struct {
	const char *key;	/* the rest is 0 */
	uint32_t counter;
	const char *nonce, *block;
} vectors[] = {
	{ "", 0, "000000000000000000000000",
	  "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
	  "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586" },
	{ "", 1, "000000000000000000000000",
	  "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
	  "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f" },
	{ "0000000000000000000000000000000000000000000000000000000000000001",
	  1, "000000000000000000000000",
	  "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
	  "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0" },
	{ "00ff", 2, "000000000000000000000000",
	  "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
	  "13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096" },
	{ "", 0, "000000000000000000000002",
	  "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
	  "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d" },
	{ "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	  1, "000000090000004a00000000",
	  "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
	  "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e" },
};

static void blocks_of_the_rfc(void **st)
{
	(void)st;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		uint8_t key[32] = { 0 }, nonce[12], want[64], got[64];
		uint32_t k[8], n[3], out[16];

		hex(key, vectors[i].key);
		hex(nonce, vectors[i].nonce);
		hex(want, vectors[i].block);
		memcpy(k, key, sizeof(k));
		memcpy(n, nonce, sizeof(n));
		uk_chacha_block(out, k, vectors[i].counter, n);
		assert_memory_equal(out, want, sizeof(want));
		model_block(got, key, vectors[i].counter, nonce);
		assert_memory_equal(got, want, sizeof(want));
	}
	assert_true(chacha_known_answer());
}

static void sick_sources(void **st)
{
	uint8_t b[64];
	int false_alarms = 0;

	(void)st;
	for (int i = 0; i < 100000; i++) {
		entropy_bytes(b, sizeof(b));
		false_alarms += !entropy_healthy(b, sizeof(b));
	}
	assert_in_range(false_alarms, 0, 1);
	entropy_bytes(b, sizeof(b));
	assert_true(entropy_healthy(b, sizeof(b)));
	assert_true(entropy_healthy(b, 0));
	memset(b + 20, 0x5a, 4);
	assert_true(entropy_healthy(b, sizeof(b)));
	memset(b + 20, 0x5a, 5);
	assert_false(entropy_healthy(b, sizeof(b)));
	entropy_bytes(b, sizeof(b));
	for (int i = 1; i < 8; i++)
		b[i * 8 + 3] = b[0];
	assert_false(entropy_healthy(b, sizeof(b)));
	entropy_bytes(b, sizeof(b));
	memcpy(b + 40, b + 32, 8);
	assert_false(entropy_healthy(b, sizeof(b)));
	memset(b, 0xff, sizeof(b));
	assert_false(entropy_healthy(b, sizeof(b)));
}

static void closed_without_entropy(void **st)
{
	uint8_t seed[40] = { 1, 2, 3 };

	(void)st;
	entropy_has = 0;
	assert_int_equal(uk_swrand_init(NULL, 0), -ENODEV);
	assert_int_equal(uk_swrand_init(seed, 31), -ENODEV);
	entropy_has = 31;
	assert_int_equal(uk_swrand_init(NULL, 0), -ENODEV);
	/* A source that is stuck counts for nothing. */
	entropy_has = 64;
	entropy_stuck = true;
	assert_int_equal(uk_swrand_init(seed, 31), -ENODEV);
	assert_int_equal(uk_swrand_check(), -EIO);
	entropy_stuck = false;
	assert_false(uk_swrand_ready());
	if (!setjmp(crashed)) {
		uk_swrand_u32();
		fail_msg("a number without a seed");
	}
}

static struct model model;

/* All that was absorbed so far, refused or not, has gone into the key. */
static void model_init(void)
{
	uint8_t seed[40] = { 1, 2, 3 }, own[64];

	model_absorb(&model, seed, 31);
	entropy_bytes(own, 31);
	model_absorb(&model, own, 31);
	entropy_stuck = true;
	entropy_bytes(own, 64);
	entropy_stuck = false;
	model_absorb(&model, own, 64);
	model_absorb(&model, seed, 31);
	model.used = sizeof(model.pool);
}

static void output_as_described(void **st)
{
	static uint8_t got[5000], want[5000];
	uint8_t loader[17], own[64];
	uint64_t saved, before;

	(void)st;
	/* The state of the source before closed_without_entropy(). */
	saved = *(uint64_t *)*st;
	entropy_state = saved;
	model_init();
	memset(loader, 0x42, sizeof(loader));
	before = entropy_state;
	assert_int_equal(uk_swrand_init(loader, sizeof(loader)), 0);
	entropy_state = before;
	entropy_bytes(own, sizeof(own));
	model_absorb(&model, own, sizeof(own));
	model_absorb(&model, loader, sizeof(loader));
	assert_true(uk_swrand_ready());
	assert_int_equal(uk_swrand_check(), 0);

	for (int i = 0; i < 2000; i++) {
		size_t len = (size_t)rand() % (i % 7 ? 40 : sizeof(got));

		before = entropy_state;
		uk_swrand_fill(got, len);
		entropy_state = before;
		model_fill(&model, want, len, entropy_32);
		assert_memory_equal(got, want, len);
	}
	assert_int_equal(irq_off, 0);
}

/* A source that is gone later on does not stop the generator. */
static void source_lost(void **st)
{
	uint8_t a[8192], b[8192];

	(void)st;
	entropy_has = 0;
	uk_swrand_fill(a, sizeof(a));
	uk_swrand_fill(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
	entropy_has = 64;
}

static uint8_t device_byte;
static int device_asked;

static size_t device(void *buf, size_t len)
{
	assert_int_equal(len, 32);
	assert_int_not_equal(irq_off, 0);
	device_asked++;
	memset(buf, device_byte, len);
	return len + 1000;	/* as a driver with a mistake might say */
}

/* What comes next with a device that gives this byte: in a process of its own,
 * which begins where this one is. Returns how often the device was asked. */
static int with_device(uint8_t byte, uint8_t out[64])
{
	int ends[2], status;
	uint8_t bulk[8192];

	assert_int_equal(pipe(ends), 0);
	if (fork() == 0) {
		device_byte = byte;
		if (uk_swrand_source(device) != 0 ||
		    uk_swrand_source(device) != -EBUSY)
			_exit(100);
		uk_swrand_fill(out, 64);
		if (write(ends[1], out, 64) != 64)
			_exit(101);
		uk_swrand_fill(bulk, sizeof(bulk));
		_exit(device_asked);
	}
	assert_int_equal(read(ends[0], out, 64), 64);
	wait(&status);
	close(ends[0]);
	close(ends[1]);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void device_is_mixed_in(void **st)
{
	uint8_t a[64], b[64], again[64];

	(void)st;
	assert_in_range(with_device(1, a), 2, 3);
	assert_in_range(with_device(2, b), 2, 3);
	assert_in_range(with_device(1, again), 2, 3);
	assert_memory_equal(a, again, 64);
	assert_memory_not_equal(a, b, 64);
}

/* 6 standard deviations: by chance once in 10^9. */
static void assert_flat(const uint32_t *count, size_t bins, uint64_t total)
{
	double mean = (double)total / (double)bins, chi = 0;
	double df = (double)bins - 1;

	for (size_t i = 0; i < bins; i++)
		chi += ((double)count[i] - mean) * ((double)count[i] - mean) /
		       mean;
	/* (chi - df)^2 < 36 * 2 df, and an absurdly even count is none. */
	if ((chi - df) * (chi - df) > 72 * df + 400)
		fail_msg("chi square %.1f with %zu degrees", chi, bins - 1);
}

static void bytes_are_flat(void **st)
{
	static uint8_t buf[1 << 20];
	uint32_t count[256] = { 0 }, pairs[256] = { 0 };

	(void)st;
	uk_swrand_fill(buf, sizeof(buf));
	for (size_t i = 0; i < sizeof(buf); i++) {
		count[buf[i]]++;
		if (i)
			pairs[(uint8_t)(buf[i] ^ buf[i - 1] * 167)]++;
	}
	assert_flat(count, 256, sizeof(buf));
	assert_flat(pairs, 256, sizeof(buf) - 1);
}

static void uniform_is_flat(void **st)
{
	static const uint64_t bounds[] = { 2, 3, 7, 10, 100, 257 };
	uint32_t third[3] = { 0 };

	(void)st;
	for (size_t b = 0; b < sizeof(bounds) / sizeof(bounds[0]); b++) {
		uint32_t count[257] = { 0 };

		for (int i = 0; i < 40000; i++) {
			uint64_t v = uk_swrand_uniform(bounds[b]);

			assert_true(v < bounds[b]);
			count[v]++;
		}
		assert_flat(count, bounds[b], 40000);
	}
	/* Taking the remainder alone would hit the first third twice as
	 * often. */
	for (int i = 0; i < 30000; i++)
		third[uk_swrand_uniform(3ull << 62) >> 62]++;
	assert_flat(third, 3, 30000);
	assert_int_equal(uk_swrand_uniform(1), 0);
	assert_true(uk_swrand_uniform(0) != uk_swrand_uniform(0));
	assert_true(uk_swrand_u32() != uk_swrand_u32() ||
		    uk_swrand_u32() != uk_swrand_u32());
}

int main(void)
{
	static uint64_t at_start;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_of_the_rfc),
		cmocka_unit_test(closed_without_entropy),
		cmocka_unit_test_prestate(output_as_described, &at_start),
		cmocka_unit_test(source_lost),
		cmocka_unit_test(device_is_mixed_in),
		cmocka_unit_test(bytes_are_flat),
		cmocka_unit_test(uniform_is_flat),
		cmocka_unit_test(sick_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
