/* SPDX-License-Identifier: BSD-3-Clause */
/* What is taken from a device tree, and that a broken one is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "fdt.h"

#define RESERVED_AT 40
#define STRUCT_AT 72
#define ROOM 8192

/* A tree in the making: its structure, and its strings. */
static _Alignas(8) uint8_t blob[ROOM];
static uint8_t strings[1024];
static size_t at, n_strings;

static struct fdt_facts f;
static struct uk_bootinfo bi;
static const char *why;
static uint64_t value;

static void put(size_t where, uint32_t v)
{
	blob[where] = (uint8_t)(v >> 24);
	blob[where + 1] = (uint8_t)(v >> 16);
	blob[where + 2] = (uint8_t)(v >> 8);
	blob[where + 3] = (uint8_t)v;
}

static void word(uint32_t v)
{
	put(at, v);
	at += 4;
}

static void bytes(const void *p, size_t n)
{
	memcpy(blob + at, p, n);
	at += (n + 3) & ~(size_t)3;
}

static void begin(const char *name)
{
	word(1);
	bytes(name, strlen(name) + 1);
}

static void end(void)
{
	word(2);
}

static void prop(const char *name, const void *p, size_t n)
{
	word(3);
	word((uint32_t)n);
	word((uint32_t)n_strings);
	memcpy(strings + n_strings, name, strlen(name) + 1);
	n_strings += strlen(name) + 1;
	bytes(p, n);
}

static void text(const char *name, const char *v)
{
	prop(name, v, strlen(v) + 1);
}

static void numbers(const char *name, const uint32_t *v, size_t n)
{
	uint8_t b[64];
	size_t i;

	for (i = 0; i < n; i++) {
		b[4 * i] = (uint8_t)(v[i] >> 24);
		b[4 * i + 1] = (uint8_t)(v[i] >> 16);
		b[4 * i + 2] = (uint8_t)(v[i] >> 8);
		b[4 * i + 3] = (uint8_t)v[i];
	}
	prop(name, b, 4 * n);
}
#define NUMBERS(name, ...) do {						\
		const uint32_t v_[] = { __VA_ARGS__ };			\
		numbers(name, v_, sizeof(v_) / sizeof(v_[0]));		\
	} while (0)

static void start(void)
{
	memset(blob, 0, sizeof(blob));
	at = STRUCT_AT;
	n_strings = 0;
	begin("");
	NUMBERS("#address-cells", 2);
	NUMBERS("#size-cells", 2);
}

static void memory(uint32_t base, uint32_t len)
{
	begin("memory@40000000");
	text("device_type", "memory");
	NUMBERS("reg", 0, base, 0, len);
	end();
}

static int decode(void)
{
	size_t structure;

	end();
	word(9);
	structure = at - STRUCT_AT;
	memcpy(blob + at, strings, n_strings);
	put(0, 0xd00dfeed);
	put(4, (uint32_t)(at + n_strings));
	put(8, STRUCT_AT);
	put(12, (uint32_t)at);
	put(16, RESERVED_AT);
	put(20, 17);
	put(24, 16);
	put(32, (uint32_t)n_strings);
	put(36, (uint32_t)structure);
	assert_int_equal(fdt_size(blob), at + n_strings);
	return fdt_decode(blob, at + n_strings, &f, &bi, &why, &value);
}

static void whole(void **state)
{
	static const uint8_t seed[32] = { 7 };

	(void)state;
	start();
	memory(0x40000000, 0x4000000);
	begin("pl011@9000000");
	prop("compatible", "arm,pl011\0arm,primecell", 24);
	NUMBERS("reg", 0, 0x9000000, 0, 0x1000);
	end();
	begin("intc@8000000");
	text("compatible", "arm,cortex-a15-gic");
	NUMBERS("reg", 0, 0x8000000, 0, 0x10000, 0, 0x8010000, 0, 0x10000);
	begin("v2m@8020000");		/* a node in it changes nothing */
	text("compatible", "arm,gic-v2m-frame");
	end();
	end();
	begin("timer");
	text("compatible", "arm,armv8-timer");
	NUMBERS("interrupts", 1, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4);
	end();
	begin("psci");
	prop("compatible", "arm,psci-1.0\0arm,psci-0.2\0arm,psci", 35);
	text("method", "hvc");
	end();
	begin("virtio_mmio@a000000");
	text("compatible", "virtio,mmio");
	NUMBERS("reg", 0, 0xa000000, 0, 0x200);
	NUMBERS("interrupts", 0, 16, 1);
	end();
	begin("chosen");
	text("bootargs", "a b");
	prop("rng-seed", seed, sizeof(seed));
	NUMBERS("linux,initrd-start", 0x42000000);
	NUMBERS("linux,initrd-end", 0x42001000);
	end();
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, 2);
	assert_int_equal(bi.regions[0].base, 0x40000000);
	assert_int_equal(bi.regions[0].len, 0x4000000);
	assert_int_equal(bi.regions[1].kind, UK_REGION_INITRD);
	assert_int_equal(bi.regions[1].len, 0x1000);
	assert_string_equal(bi.cmdline, "a b");
	assert_int_equal(bi.seed_len, 32);
	assert_memory_equal(bi.seed, seed, 32);
	assert_memory_equal(blob + f.seed_at, seed, f.seed_len);
	assert_int_equal(f.uart, 0x9000000);
	assert_int_equal(f.gic, 2);
	assert_int_equal(f.gic_cpu, 0x8010000);
	assert_int_equal(f.timer, 27);
	assert_int_equal(f.psci, FDT_CALL_HVC);
	assert_int_equal(f.n_mmio, 1);
	assert_int_equal(f.mmio[0].irq, 48);
}

/* What is reserved is no RAM: in the middle, at an end, all of it. */
static void reserved(void **state)
{
	(void)state;
	start();
	begin("reserved-memory");
	NUMBERS("#address-cells", 2);
	NUMBERS("#size-cells", 2);
	begin("firmware@41000000");
	NUMBERS("reg", 0, 0x41000000, 0, 0x1000);
	end();
	begin("rest@43fff000");
	NUMBERS("reg", 0, 0x43fff000, 0, 0x10000);
	end();
	end();
	memory(0x40000000, 0x4000000);
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, 2);
	assert_int_equal(bi.regions[0].base, 0x40000000);
	assert_int_equal(bi.regions[0].len, 0x1000000);
	assert_int_equal(bi.regions[1].base, 0x41001000);
	assert_int_equal(bi.regions[1].len, 0x2ffe000);
	start();
	memory(0x40000000, 0x1000);
	put(RESERVED_AT + 4, 0x3ffff000);
	put(RESERVED_AT + 12, 0x3000);
	assert_int_equal(decode(), 0);
	assert_int_equal(bi.n_regions, 0);
}

static void ignored(void **state)
{
	(void)state;
	start();
	begin("pl011@1");			/* secure world's */
	text("compatible", "arm,pl011");
	text("status", "disabled");
	NUMBERS("reg", 0, 0x9040000, 0, 0x1000);
	end();
	begin("pl031@1");			/* cut short */
	text("compatible", "arm,pl031");
	NUMBERS("reg", 0, 0x9010000);
	end();
	begin("virtio_mmio@1");			/* no line that there is */
	text("compatible", "virtio,mmio");
	NUMBERS("reg", 0, 0xa000000, 0, 0x200);
	NUMBERS("interrupts", 0, 988, 1);
	end();
	begin("timer");				/* one too few */
	text("compatible", "arm,armv8-timer");
	NUMBERS("interrupts", 1, 13, 4, 1, 14, 4);
	end();
	assert_int_equal(decode(), 0);
	assert_int_equal(f.uart, 0);
	assert_int_equal(f.rtc, 0);
	assert_int_equal(f.n_mmio, 0);
	assert_int_equal(f.timer, 0);
}

static void refused(void **state)
{
	static char line[UK_BOOTINFO_MAX_CMDLINE + 2];

	(void)state;
	start();				/* a node that does not end */
	begin("chosen");
	assert_int_equal(decode(), -22);
	start();
	memset(line, 'x', sizeof(line) - 1);
	begin("chosen");
	text("bootargs", line);
	end();
	assert_int_equal(decode(), -22);
	assert_non_null(strstr(why, "longer than its buffer"));
	start();				/* longer than the tree */
	prop("x", "y", 1);
	put(at - 12, 0x10000);
	assert_int_equal(decode(), -22);
	start();
	begin("chosen");
	NUMBERS("linux,initrd-start", 2);
	NUMBERS("linux,initrd-end", 1);
	end();
	assert_int_equal(decode(), -22);
	start();
	assert_int_equal(decode(), 0);
	put(8, 0x7fffffff);
	assert_int_equal(fdt_decode(blob, at, &f, &bi, &why, &value), -22);
	put(0, 0);
	assert_int_equal(fdt_size(blob), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole), cmocka_unit_test(reserved),
		cmocka_unit_test(ignored), cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
