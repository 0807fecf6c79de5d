/* SPDX-License-Identifier: BSD-3-Clause */
/* The bus driver on a model of configuration spaces, some of them hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/bootinfo.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/pcibus.h>
#include <uk/print.h>
#include <uk/vm.h>

/* ---- the machine ---- */

#define FUNCTIONS 8
static struct function {
	bool there;
	uint16_t bdf;
	uint8_t space[256];
	uint64_t bar_len[6];	/* of 64-bit windows in the first of the two */
} bus[FUNCTIONS];
static bool no_pci;
static uint64_t limit, mapped_pa, mapped_len;
static int map_rc, n_msi, msi_rc;
static uint32_t registers[4 * 2048];
static struct uk_bootinfo bi;

static struct function *at(uint16_t bdf)
{
	int i;

	for (i = 0; i < FUNCTIONS; i++)
		if (bus[i].there && bus[i].bdf == bdf)
			return &bus[i];
	return NULL;
}

int ukplat_pci_read(uint16_t bdf, unsigned int offset, unsigned int width,
		    uint32_t *v)
{
	const struct function *f = at(bdf);

	if (no_pci)
		return -ENODEV;
	assert_true(offset + width <= 256 && offset % width == 0);
	*v = UINT32_MAX >> (32 - 8 * width);
	if (f) {
		*v = 0;
		memcpy(v, f->space + offset, width);
	}
	return 0;
}

/* What a window's register reads as when ones were written. */
static uint32_t can(const struct function *f, unsigned int bar)
{
	if (f->bar_len[bar])
		return (uint32_t)~(f->bar_len[bar] - 1) |
		       (f->space[0x10 + 4 * bar] & 0xf);
	if (bar > 0 && f->bar_len[bar - 1] &&
	    f->space[0x10 + 4 * (bar - 1)] & 4)
		return (uint32_t)(~(f->bar_len[bar - 1] - 1) >> 32);
	return 0;
}

int ukplat_pci_write(uint16_t bdf, unsigned int offset, unsigned int width,
		     uint32_t v)
{
	struct function *f = at(bdf);
	unsigned int bar = (offset - 0x10) / 4;

	assert_true(offset + width <= 256 && offset % width == 0);
	if (!f)
		return 0;
	if (offset >= 0x10 && offset < 0x28) {
		assert_int_equal(width, 4);
		/* Does not answer while it is sized. */
		assert_false(f->space[4] & 2);
		if (v == UINT32_MAX)
			v = can(f, bar);
	}
	memcpy(f->space + offset, &v, width);
	return 0;
}

uint64_t ukplat_pci_limit(void)
{
	return limit;
}

int ukplat_msi_register(ukplat_irq_fn fn, void *arg, struct ukplat_msi *msi)
{
	(void)fn;
	(void)arg;
	msi->address = 0x1fee01000ull;
	msi->data = 0x30 + (uint32_t)n_msi++;
	return msi_rc;
}

const struct uk_bootinfo *uk_boot_info(void)
{
	return &bi;
}

int uk_vm_map_device(const char *name, uint64_t pa, size_t len,
		     unsigned int rights, void **va)
{
	(void)name;
	assert_int_equal(rights, UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE);
	mapped_pa = pa;
	mapped_len = len;
	*va = registers;
	return map_rc;
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}

/* ---- what is plugged in ---- */

static void put16(uint8_t *p, uint32_t v)
{
	memcpy(p, &v, 2);
}

static struct function *plug(int slot, uint16_t bdf, uint16_t device)
{
	struct function *f = &bus[slot];

	memset(f, 0, sizeof(*f));
	f->there = true;
	f->bdf = bdf;
	put16(f->space, 0x1af4);
	put16(f->space + 2, device);
	put16(f->space + 4, 2);
	return f;
}

static void bar(struct function *f, unsigned int n, uint64_t pa, uint64_t len,
		bool wide)
{
	uint32_t low = (uint32_t)pa | (wide ? 4 : 0);
	uint32_t high = (uint32_t)(pa >> 32);

	f->bar_len[n] = len;
	memcpy(f->space + 0x10 + 4 * n, &low, 4);
	if (wide)
		memcpy(f->space + 0x14 + 4 * n, &high, 4);
}

static int setup(void **state)
{
	(void)state;
	memset(bus, 0, sizeof(bus));
	memset(registers, 0, sizeof(registers));
	no_pci = false;
	limit = 1ull << 40;
	map_rc = n_msi = msi_rc = 0;
	mapped_pa = mapped_len = 0;
	bi = (struct uk_bootinfo){ .n_regions = 2, .regions = {
		{ 0, 64 << 20, UK_REGION_RAM },
		{ 0xe0000000, 1 << 28, UK_REGION_RESERVED },
	} };
	return 0;
}

/* ---- scanning ---- */

static uint16_t found[64];
static int n_found, stop_at;

static int note(const struct uk_pci_dev *dev, void *arg)
{
	assert_ptr_equal(arg, &n_found);
	found[n_found++] = dev->bdf;
	return n_found == stop_at ? 42 : 0;
}

static int scan(void)
{
	n_found = 0;
	return uk_pci_scan(note, &n_found);
}

static struct function *bridge(int slot, uint16_t bdf, uint8_t to)
{
	struct function *f = plug(slot, bdf, 1);

	f->space[0x0e] = 1;
	f->space[0x19] = to;
	return f;
}

static void test_scan(void **state)
{
	(void)state;
	stop_at = 0;
	plug(0, UK_PCI_BDF(0, 0, 0), 0x1000);
	plug(1, UK_PCI_BDF(0, 3, 0), 0x1041)->space[0x0e] = 0x80;
	plug(2, UK_PCI_BDF(0, 3, 5), 0x1042);
	/* Not looked for: its first function does not say that there are. */
	plug(3, UK_PCI_BDF(0, 0, 1), 0x1042);
	plug(4, UK_PCI_BDF(7, 0, 0), 0x1043);
	bridge(5, UK_PCI_BDF(0, 31, 0), 7);
	assert_int_equal(scan(), 0);
	assert_int_equal(n_found, 4);
	assert_int_equal(found[2], UK_PCI_BDF(0, 3, 5));
	assert_int_equal(found[3], UK_PCI_BDF(7, 0, 0));
	stop_at = 2;
	assert_int_equal(scan(), 42);
	assert_int_equal(n_found, 2);
	stop_at = 0;
	no_pci = true;
	assert_int_equal(scan(), -ENODEV);
}

/* Bridges that lead back, or to themselves, are walked once. */
static void test_scan_circle(void **state)
{
	(void)state;
	stop_at = 0;
	bridge(0, UK_PCI_BDF(0, 1, 0), 5);
	bridge(1, UK_PCI_BDF(5, 1, 0), 5);
	bridge(2, UK_PCI_BDF(5, 2, 0), 0);
	bridge(3, UK_PCI_BDF(5, 3, 0), 3);
	plug(4, UK_PCI_BDF(3, 0, 0), 9);
	plug(5, UK_PCI_BDF(5, 4, 0), 9);
	assert_int_equal(scan(), 0);
	assert_int_equal(n_found, 1);
}

/* ---- capabilities ---- */

static const struct uk_pci_dev dev = { .bdf = UK_PCI_BDF(0, 1, 0) };

static struct function *device(void)
{
	struct function *f = plug(0, dev.bdf, 0x1041);

	f->space[6] = 0x10;
	return f;
}

static void cap(struct function *f, uint8_t where, uint8_t id, uint8_t next)
{
	f->space[where] = id;
	f->space[where + 1] = next;
}

static void test_capabilities(void **state)
{
	struct function *f = device();

	(void)state;
	f->space[0x34] = 0x43;		/* the lowest bits are not its own */
	cap(f, 0x40, 9, 0x50);
	cap(f, 0x50, 0x11, 0xf0);
	cap(f, 0xf0, 9, 0);
	assert_int_equal(uk_pci_cap(&dev, 9, 0, 16), 0x40);
	assert_int_equal(uk_pci_cap(&dev, 9, 0x40, 16), 0xf0);
	assert_int_equal(uk_pci_cap(&dev, 9, 0xf0, 16), -ENOENT);
	/* 20 bytes do not fit behind 0xf0. */
	assert_int_equal(uk_pci_cap(&dev, 9, 0x40, 20), -ENOENT);
	assert_int_equal(uk_pci_cap(&dev, 0x11, 0, 12), 0x50);
	assert_int_equal(uk_pci_cap(&dev, 5, 0, 4), -ENOENT);
	f->space[6] = 0;
	assert_int_equal(uk_pci_cap(&dev, 9, 0, 16), -ENOENT);
}

static void test_capabilities_hostile(void **state)
{
	struct function *f = device();
	int c, n;

	(void)state;
	f->space[0x34] = 0x40;
	cap(f, 0x40, 9, 0x50);
	cap(f, 0x50, 9, 0x40);
	assert_int_equal(uk_pci_cap(&dev, 5, 0, 4), -EIO);
	cap(f, 0x50, 9, 0x10);
	assert_int_equal(uk_pci_cap(&dev, 5, 0, 4), -EIO);
	/* A caller that wants all of them comes to an end as well. */
	cap(f, 0x50, 9, 0x40);
	for (c = 0, n = 0; n < 1000; n++) {
		c = uk_pci_cap(&dev, 9, (unsigned int)c, 4);
		if (c < 0)
			break;
	}
	assert_true(n < 1000);
}

/* ---- windows ---- */

static int look(unsigned int n, struct uk_pci_bar *b)
{
	struct function *f = at(dev.bdf);
	uint8_t before[256];
	int rc;

	memcpy(before, f->space, 256);
	rc = uk_pci_bar(&dev, n, b);
	assert_memory_equal(before, f->space, 256);
	return rc;
}

static void test_windows(void **state)
{
	struct function *f = device();
	struct uk_pci_bar b;

	(void)state;
	bar(f, 0, 0xfebf0000, 0x1000, false);
	bar(f, 1, 0xc001, 0, false);
	bar(f, 2, 0x8000000000, 0x4000, true);
	bar(f, 4, 0x1000000000, 1ull << 33, true);
	assert_int_equal(look(0, &b), 0);
	assert_int_equal(b.pa, 0xfebf0000);
	assert_int_equal(b.len, 0x1000);
	assert_int_equal(look(1, &b), -ENOENT);
	assert_int_equal(look(2, &b), 0);
	assert_int_equal(b.pa, 0x8000000000);
	assert_int_equal(b.len, 0x4000);
	assert_int_equal(look(4, &b), 0);
	assert_int_equal(b.len, 1ull << 33);
	assert_int_equal(look(6, &b), -EIO);
	bar(f, 0, 0, 0, false);
	assert_int_equal(look(0, &b), -ENOENT);
}

static void test_windows_hostile(void **state)
{
	struct function *f = device();
	struct uk_pci_bar b;

	(void)state;
	bar(f, 0, 0x100000, 0x1000, false);	/* over memory */
	assert_int_equal(look(0, &b), -EIO);
	bar(f, 0, (64 << 20) - 0x1000, 0x2000, false);
	assert_int_equal(look(0, &b), -EIO);
	bar(f, 0, 64 << 20, 0x2000, false);
	assert_int_equal(look(0, &b), 0);
	bar(f, 0, 0xfebf1000, 0x2000, false);	/* not aligned to its size */
	assert_int_equal(look(0, &b), -EIO);
	bar(f, 0, 0xfebf0002, 0x1000, false);	/* of a kind that is not */
	assert_int_equal(look(0, &b), -EIO);
	bar(f, 2, limit, 0x1000, true);		/* beyond reach */
	assert_int_equal(look(2, &b), -EIO);
	bar(f, 2, 0, 1ull << 50, true);
	assert_int_equal(look(2, &b), -EIO);
	bar(f, 5, 0xfebf0000, 0x1000, true);	/* where is its upper half? */
	assert_int_equal(uk_pci_bar(&dev, 5, &b), -EIO);
	bi.n_regions = 0;
	bar(f, 2, 0, 0x1000, true);		/* nobody placed it */
	assert_int_equal(look(2, &b), -EIO);
}

static void test_map(void **state)
{
	struct function *f = device();
	volatile void *va;

	(void)state;
	bar(f, 0, 0xfebf0000, 0x1000, false);
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0x800, 0x800, &va), 0);
	assert_int_equal(mapped_pa, 0xfebf0800);
	assert_int_equal(mapped_len, 0x800);
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0x800, 0x801, &va), -EIO);
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0x1001, 1, &va), -EIO);
	assert_int_equal(uk_pci_map(&dev, "x", 0, UINT64_MAX, 2, &va), -EIO);
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0, 0, &va), -EIO);
	assert_int_equal(uk_pci_map(&dev, "x", 1, 0, 1, &va), -EIO);
	map_rc = -EPERM;
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0, 1, &va), -EIO);
	map_rc = -ENOMEM;
	assert_int_equal(uk_pci_map(&dev, "x", 0, 0, 1, &va), -ENOMEM);
}

static void handler(void *arg)
{
	(void)arg;
}

static void test_msix(void **state)
{
	struct function *f = device();
	struct uk_pci_msix m;

	(void)state;
	f->space[0x34] = 0x40;
	cap(f, 0x40, 0x11, 0);
	put16(f->space + 0x42, 0x4002);		/* three vectors, masked */
	f->space[0x45] = 0x08;			/* at 0x800 of window 0 */
	bar(f, 0, 0xfebf0000, 0x1000, false);
	assert_int_equal(uk_pci_msix_open(&dev, &m), 0);
	assert_int_equal(m.n, 3);
	assert_int_equal(mapped_pa, 0xfebf0800);
	assert_int_equal(mapped_len, 48);
	assert_int_equal(f->space[0x43], 0x80);
	assert_int_equal(registers[3], 1);
	assert_int_equal(registers[11], 1);
	assert_int_equal(uk_pci_msix_vector(&m, 2, handler, NULL), 0);
	assert_int_equal(registers[8], 0xfee01000);
	assert_int_equal(registers[9], 1);
	assert_int_equal(registers[10], 0x30);
	assert_int_equal(registers[11], 0);
	assert_int_equal(registers[3], 1);
	assert_int_equal(uk_pci_msix_vector(&m, 3, handler, NULL), -EINVAL);
	msi_rc = -EBUSY;
	assert_int_equal(uk_pci_msix_vector(&m, 0, handler, NULL), -EBUSY);
	/* A table that leaves its window. */
	put16(f->space + 0x42, 0x7ff);
	assert_int_equal(uk_pci_msix_open(&dev, &m), -EIO);
	f->space[6] = 0;
	assert_int_equal(uk_pci_msix_open(&dev, &m), -ENOENT);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_scan), TEST(test_scan_circle),
		TEST(test_capabilities), TEST(test_capabilities_hostile),
		TEST(test_windows), TEST(test_windows_hostile), TEST(test_map),
		TEST(test_msix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
