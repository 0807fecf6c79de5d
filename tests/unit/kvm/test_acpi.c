/* SPDX-License-Identifier: BSD-3-Clause */
/* The facts out of ACPI tables, and what broken tables give: none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "acpi.h"
#include "memory.h"

#define RSDP 0x1010u
#define RSDT 0x1103u		/* tables are at odd addresses on purpose */
#define XSDT 0x1205u
#define FADT 0x1301u
#define MADT 0x1507u
#define DSDT 0x2001u
#define NFIT 0x3003u

static struct memory m;
static struct acpi_facts f;

static uint8_t *at(uint64_t pa)
{
	return m.b + (pa - BASE);
}

static void checksum(uint64_t pa, size_t len, size_t where)
{
	uint8_t sum = 0;
	size_t i;

	at(pa)[where] = 0;
	for (i = 0; i < len; i++)
		sum += at(pa)[i];
	at(pa)[where] = (uint8_t)-sum;
}

static void header(uint64_t pa, const char *sig, uint32_t len, const char *oem)
{
	memcpy(at(pa), sig, 4);
	put(&m, pa + 4, len, 4);
	memcpy(at(pa) + 10, oem, 14);
	checksum(pa, len, 9);
}

#define QEMU "BOCHS BXPC    "
#define OTHER "OTHER TABLES  "

static void rsdp(int revision)
{
	memcpy(at(RSDP), "RSD PTR ", 8);
	at(RSDP)[15] = (uint8_t)revision;
	put(&m, RSDP + 16, RSDT, 4);
	put(&m, RSDP + 20, 36, 4);
	put(&m, RSDP + 24, XSDT, 8);
	checksum(RSDP, 20, 8);
	checksum(RSDP, 36, 32);
	put(&m, RSDT + 36, FADT, 4);
	put(&m, RSDT + 40, MADT, 4);
	header(RSDT, "RSDT", 44, QEMU);
	put(&m, XSDT + 36, FADT, 8);
	put(&m, XSDT + 44, MADT, 8);
	header(XSDT, "XSDT", 52, QEMU);
}

/* As QEMU's pc has it: revision 1, 116 bytes. */
static void fadt_pc(const char *oem)
{
	put(&m, FADT + 40, DSDT, 4);
	put(&m, FADT + 64, 0x604, 4);
	put(&m, FADT + 76, 0x608, 4);
	at(FADT)[89] = 2;
	at(FADT)[91] = 4;
	put(&m, FADT + 112, 0x80a5, 4);
	header(FADT, "FACP", 116, oem);
}

/* As QEMU's microvm has it: hardware-reduced, 268 bytes. */
static void fadt_reduced(const char *oem, uint8_t space, uint64_t reg)
{
	put(&m, FADT + 112, 1u << 20, 4);
	put(&m, FADT + 140, DSDT, 8);
	at(FADT)[244] = space;
	put(&m, FADT + 248, reg, 8);
	header(FADT, "FACP", 268, oem);
}

static void madt(void)
{
	static const uint8_t entries[] = {
		0, 8, 0, 0, 1, 0, 0, 0,
		1, 12, 0, 0, 0x00, 0x00, 0xc0, 0xfe, 0, 0, 0, 0,
		2, 10, 0, 0, 2, 0, 0, 0, 0, 0,
		2, 10, 0, 9, 9, 0, 0, 0, 0x0d, 0,
		2, 10, 0, 200, 9, 0, 0, 0, 0x0d, 0,	/* no such line */
		1, 12, 1, 0, 0x00, 0x00, 0xc1, 0xfe, 24, 0, 0, 0,
		1, 12, 2, 0, 0x00, 0x00, 0xc2, 0xfe, 48, 0, 0, 0,
		4, 6, 0xff, 0, 0, 1,
	};

	memcpy(at(MADT) + 44, entries, sizeof(entries));
	header(MADT, "APIC", 44 + sizeof(entries), QEMU);
}

static void dsdt(const void *aml, size_t len)
{
	memcpy(at(DSDT) + 36 + 300, aml, len);
	header(DSDT, "DSDT", (uint32_t)(36 + 300 + len), OTHER);
}

static int setup(void **state)
{
	(void)state;
	memory_init(&m);
	memset(&f, 0xee, sizeof(f));
	rsdp(0);
	fadt_pc(QEMU);
	madt();
	return 0;
}

static void decode(void)
{
	acpi_decode(&m.view, RSDP, &f);
}

static void nothing(void)
{
	decode();
	assert_int_equal(f.pm1a | f.pm1b | f.timer | f.sleep | f.s5a, 0);
	assert_int_equal(f.ioapic[0].pa | f.ioapic[1].pa, 0);
	assert_false(f.has_madt);
	for (int i = 0; i < ACPI_ISA_IRQS; i++) {
		assert_int_equal(f.isa[i].gsi, i);
		assert_int_equal(f.isa[i].flags, 0);
	}
}

static void test_pc(void **state)
{
	(void)state;
	decode();
	assert_int_equal(f.pm1a, 0x604);
	assert_int_equal(f.pm1b, 0);
	assert_int_equal(f.s5a, 0);
	assert_int_equal(f.sleep, 0);
	assert_int_equal(f.timer, 0x608);
	assert_false(f.timer_32);
	assert_true(f.has_madt);
	assert_int_equal(f.ioapic[0].pa, 0xfec00000);
	assert_int_equal(f.ioapic[0].first, 0);
	assert_int_equal(f.ioapic[1].pa, 0xfec10000);
	assert_int_equal(f.ioapic[1].first, 24);
	assert_int_equal(f.isa[0].gsi, 2);
	assert_int_equal(f.isa[1].gsi, 1);
	assert_int_equal(f.isa[9].gsi, 9);
	assert_int_equal(f.isa[9].flags, 0x0d);
}

static void test_xsdt(void **state)
{
	(void)state;
	rsdp(2);
	memset(at(RSDT), 0, 44);
	decode();
	assert_int_equal(f.pm1a, 0x604);
	/* The second checksum is wrong: the old root is all there is. */
	at(RSDP)[33]++;
	nothing();
	rsdp(2);
	memset(at(XSDT), 0, 52);
	at(RSDP)[33]++;
	decode();
	assert_int_equal(f.pm1a, 0x604);
}

static void test_timer_32(void **state)
{
	(void)state;
	put(&m, FADT + 112, 1u << 8, 4);
	header(FADT, "FACP", 116, QEMU);
	decode();
	assert_true(f.timer_32);
	/* A port that is none. */
	put(&m, FADT + 76, 0x10608, 4);
	put(&m, FADT + 64, 0x10604, 4);
	header(FADT, "FACP", 116, QEMU);
	decode();
	assert_int_equal(f.timer, 0);
	assert_int_equal(f.pm1a, 0);
}

static void test_reduced(void **state)
{
	(void)state;
	fadt_reduced(QEMU, 0, 0xfea00200);
	decode();
	assert_int_equal(f.sleep, 0xfea00200);
	assert_false(f.sleep_is_io);
	assert_int_equal(f.s5a, 5);
	assert_int_equal(f.pm1a | f.timer, 0);
	fadt_reduced(QEMU, 1, 0x600);
	decode();
	assert_int_equal(f.sleep, 0x600);
	assert_true(f.sleep_is_io);
	fadt_reduced(QEMU, 1, 0x10600);		/* no such port */
	decode();
	assert_int_equal(f.sleep, 0);
	fadt_reduced(QEMU, 2, 0x600);		/* PCI space: not used */
	decode();
	assert_int_equal(f.sleep, 0);
}

static void s5(const void *aml, size_t len, int a, int b)
{
	setup(NULL);
	fadt_pc(OTHER);
	dsdt(aml, len);
	decode();
	assert_int_equal(f.pm1a, a < 0 ? 0 : 0x604);
	if (a >= 0) {
		assert_int_equal(f.s5a, a);
		assert_int_equal(f.s5b, b);
	}
}
#define S5(aml, a, b) s5(aml, sizeof(aml) - 1, a, b)

static void test_s5(void **state)
{
	(void)state;
	S5("\x08_S5_\x12\x06\x04\x00\x00\x00\x00\x10", 0, 0);
	S5("\x08_S5_\x12\x07\x04\x0a\x05\x01\x00\x00", 5, 1);
	S5("\x08_S5_\x12\x08\x02\x0a\x07\x0a\x06", 7, 6);
	S5("\x08_S5_\x12\x46\x00\x02\x01\x01\x00", 1, 1); /* 2-byte length */
	/* The first find is a use of the name, the second its definition. */
	S5("_S5_\xffzz\x08_S5_\x12\x06\x04\x01\x01\x00\x00", 1, 1);
	S5("\x08_S5_\x12\x06\x01\x00\x00\x00", -1, 0);	/* one element */
	S5("\x08_S5_\x12\x06\x04\x0a\x08\x00\x00", -1, 0);	/* not 3 bits */
	S5("\x08_S5_\x12\x06\x04\x0b\x05\x00\x00", -1, 0);	/* a word */
	S5("\x08_S5_\x12\x06\x04\x0a", -1, 0);		/* cut off */
	S5("\x08_S5_\x12\xc6", -1, 0);
	S5("\x08_S5_", -1, 0);
	S5("nothing of the kind", -1, 0);
}

static void test_dsdt_bad(void **state)
{
	static const char aml[] = "\x08_S5_\x12\x06\x04\x01\x01\x00\x00";

	(void)state;
	fadt_pc(OTHER);
	dsdt(aml, sizeof(aml));
	put(&m, DSDT + 4, 35, 4);
	decode();
	assert_int_equal(f.pm1a, 0);
	put(&m, DSDT + 4, UINT32_MAX, 4);
	decode();
	assert_int_equal(f.pm1a, 0);
	put(&m, DSDT + 4, SIZE, 4);		/* beyond memory */
	decode();
	assert_int_equal(f.pm1a, 0);
	put(&m, FADT + 40, 0, 4);
	header(FADT, "FACP", 116, OTHER);
	decode();
	assert_int_equal(f.pm1a, 0);
}

/* As QEMU's microvm has them: window 0xfeb00e00, 512 bytes, line 31. */
#define MMIO_ID "\x08_HID\x0dLNRO0005\x00"
#define MMIO_WINDOW "\x86\x09\x00\x01\x00\x0e\xb0\xfe\x00\x02\x00\x00"
#define MMIO_LINE "\x89\x06\x00\x01\x01\x1f\x00\x00\x00\x79\x00"

static unsigned int mmio(const void *aml, size_t len)
{
	fadt_pc(QEMU);
	dsdt(aml, len);
	decode();
	return f.n_mmio;
}
#define N_MMIO(aml) mmio(aml, sizeof(aml) - 1)

static void test_mmio(void **state)
{
	static const char two[] = "x" MMIO_ID "crs" MMIO_WINDOW MMIO_LINE
		"y" MMIO_ID MMIO_WINDOW MMIO_LINE;

	(void)state;
	assert_int_equal(N_MMIO(two), 2);
	assert_int_equal(f.mmio[1].pa, 0xfeb00e00);
	assert_int_equal(f.mmio[1].len, 512);
	assert_int_equal(f.mmio[1].irq, 31);
	/* Cut short, in pieces, without an id, of size 0. */
	assert_int_equal(mmio(two, sizeof(two) - 4), 1);
	assert_int_equal(N_MMIO(MMIO_ID MMIO_WINDOW "z" MMIO_LINE), 0);
	assert_int_equal(N_MMIO(MMIO_WINDOW MMIO_LINE), 0);
	assert_int_equal(N_MMIO(MMIO_ID), 0);
	assert_int_equal(N_MMIO(MMIO_ID "\x86\x09\x00\x01\x00\x0e\xb0\xfe"
				"\x00\x00\x00\x00" MMIO_LINE), 0);
}

static void test_mmio_many(void **state)
{
	static const char one[] = MMIO_ID MMIO_WINDOW MMIO_LINE;
	static char aml[40 * (sizeof(one) - 1)];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(aml); i++)
		aml[i] = one[i % (sizeof(one) - 1)];
	assert_int_equal(mmio(aml, sizeof(aml)), ACPI_MAX_MMIO);
}

static void test_broken(void **state)
{
	(void)state;
	acpi_decode(&m.view, 0, &f);
	assert_int_equal(f.pm1a, 0);
	at(RSDP)[0] = 'X';
	nothing();
	setup(NULL);
	at(RSDP)[9] ^= 1;			/* checksum */
	nothing();
	setup(NULL);
	at(RSDT)[5] ^= 0x80;			/* length */
	nothing();
	setup(NULL);
	memset(at(RSDT), 0, 64);		/* overwritten by the loader */
	nothing();
	setup(NULL);
	put(&m, RSDT + 4, 35, 4);
	nothing();
	setup(NULL);
	at(FADT)[64]++;
	at(MADT)[50]++;
	nothing();
}

static void test_madt_bad(void **state)
{
	(void)state;
	at(MADT)[44 + 8 + 1] = 0;		/* an entry of length 0 */
	header(MADT, "APIC", 44 + 78, QEMU);
	decode();
	assert_true(f.has_madt);
	assert_int_equal(f.ioapic[0].pa, 0);
	setup(NULL);
	at(MADT)[44 + 8 + 1] = 255;		/* longer than the table */
	header(MADT, "APIC", 44 + 78, QEMU);
	decode();
	assert_int_equal(f.ioapic[0].pa, 0);
	setup(NULL);
	at(MADT)[44 + 8 + 1] = 4;		/* too short for its type */
	header(MADT, "APIC", 44 + 78, QEMU);
	decode();
	assert_int_equal(f.ioapic[0].first, 0);
	setup(NULL);
	header(MADT, "APIC", 40, QEMU);		/* no room for its own fields */
	decode();
	assert_false(f.has_madt);
}

/* A table of n ranges in place of the MADT; its length. */
static uint32_t nfit(unsigned int n)
{
	static const uint8_t persistent[16] = {
		0x79, 0xd3, 0xf0, 0x66, 0xf3, 0xb4, 0x74, 0x40,
		0xac, 0x43, 0x0d, 0x33, 0x18, 0xb7, 0x8c, 0xdb
	};
	uint32_t end = 40;

	for (unsigned int i = 0; i < n; i++, end += 56) {
		memset(at(NFIT + end), 0, 56);
		put(&m, NFIT + end + 2, 56, 2);
		memcpy(at(NFIT + end + 16), persistent, 16);
		put(&m, NFIT + end + 32, (4 + i) * (1ull << 30), 8);
		put(&m, NFIT + end + 40, 0x3000 + i, 8);
	}
	header(NFIT, "NFIT", end, QEMU);
	put(&m, RSDT + 40, NFIT, 4);
	header(RSDT, "RSDT", 44, QEMU);
	return end;
}

static void test_nfit(void **state)
{
	(void)state;
	decode();
	assert_int_equal(f.n_nvdimms, 0);
	nfit(2);
	decode();
	assert_int_equal(f.n_nvdimms, 2);
	assert_int_equal(f.nvdimm[0].pa, 4ull << 30);
	assert_int_equal(f.nvdimm[0].len, 0x3000);
	assert_int_equal(f.nvdimm[1].pa, 5ull << 30);
	/* More than anybody has. */
	nfit(ACPI_MAX_NVDIMMS + 2);
	decode();
	assert_int_equal(f.n_nvdimms, ACPI_MAX_NVDIMMS);
}

/* The first of two ranges with `width` bytes at `where` changed: how many are
 * left? */
static size_t nfit_with(unsigned int where, uint64_t v, size_t width)
{
	uint32_t len = nfit(2);

	put(&m, NFIT + 40 + where, v, width);
	header(NFIT, "NFIT", len, QEMU);
	decode();
	return f.n_nvdimms;
}

static void test_nfit_bad(void **state)
{
	(void)state;
	assert_int_equal(nfit_with(0, 1, 2), 1);	/* another type */
	assert_int_equal(nfit_with(16, 0x78, 1), 1);	/* another use */
	assert_int_equal(nfit_with(40, 0, 8), 1);	/* empty */
	assert_int_equal(nfit_with(40, UINT64_MAX, 8), 1);	/* wraps */
	assert_int_equal(nfit_with(2, 0, 2), 0);	/* no end of it */
	assert_int_equal(nfit_with(2, 3, 2), 0);
	assert_int_equal(nfit_with(2, 113, 2), 0);	/* not in the table */
	assert_int_equal(nfit_with(2, 112, 2), 1);	/* swallows the next */
	header(NFIT, "NFIT", 39, QEMU);
	decode();
	assert_int_equal(f.n_nvdimms, 0);
	for (uint32_t len = 36; len < 160; len++) {
		nfit(2);
		header(NFIT, "NFIT", len, QEMU);
		m.size = NFIT - BASE + len;
		decode();
		assert_int_equal(f.n_nvdimms, len < 96 ? 0 : len < 152 ? 1 : 2);
	}
}

/* Any table length, with the checksum made right: reads stay inside. */
static void test_any_length(void **state)
{
	uint32_t len;

	(void)state;
	for (len = 36; len < 400; len++) {
		header(FADT, "FACP", len, OTHER);
		header(MADT, "APIC", len, QEMU);
		decode();
	}
	for (len = 36; len < 600; len++) {
		header(RSDT, "RSDT", len, QEMU);
		decode();
	}
	/* Memory that ends within a table. */
	for (len = 0; len < 300; len++) {
		m.size = FADT - BASE + len;
		decode();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_pc, setup),
		cmocka_unit_test_setup(test_xsdt, setup),
		cmocka_unit_test_setup(test_timer_32, setup),
		cmocka_unit_test_setup(test_reduced, setup),
		cmocka_unit_test_setup(test_s5, setup),
		cmocka_unit_test_setup(test_dsdt_bad, setup),
		cmocka_unit_test_setup(test_mmio, setup),
		cmocka_unit_test_setup(test_mmio_many, setup),
		cmocka_unit_test_setup(test_broken, setup),
		cmocka_unit_test_setup(test_madt_bad, setup),
		cmocka_unit_test_setup(test_nfit, setup),
		cmocka_unit_test_setup(test_nfit_bad, setup),
		cmocka_unit_test_setup(test_any_length, setup),
	};

	return cmocka_run_group_tests_name("kvmplat-acpi", tests, NULL, NULL);
}
