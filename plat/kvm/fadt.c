/* SPDX-License-Identifier: BSD-3-Clause */
#include "fadt.h"

#include <uk/str.h>

/* Offsets in the table; what a short (old) table lacks counts as zero. */
#define FADT_DSDT 40
#define FADT_PM1A_CNT 64
#define FADT_PM1B_CNT 68
#define FADT_PM_TMR 76
#define FADT_PM1_CNT_LEN 89
#define FADT_PM_TMR_LEN 91
#define FADT_FLAGS 112
#define FADT_X_DSDT 140
#define FADT_SLEEP_CONTROL 244

#define FLAG_TIMER_32 (1u << 8)
#define FLAG_HW_REDUCED (1u << 20)

#define SPACE_MEMORY 0
#define SPACE_IO 1
#define DSDT_MAX 0x100000u

static uint64_t field(const struct acpi_header *h, size_t at, size_t width)
{
	uint64_t v = 0;

	if (at + width <= h->len)
		memcpy(&v, (const uint8_t *)h + at, width);
	return v;
}

/* An I/O port; what does not fit the CPU's port space is none. */
static uint16_t port(const struct acpi_header *h, size_t at)
{
	uint64_t v = field(h, at, 4);

	return v <= UINT16_MAX ? (uint16_t)v : 0;
}

/* One element of the package: an integer constant that fits a byte. */
static bool element(const uint8_t **p, const uint8_t *end, uint8_t *v)
{
	if (*p == end)
		return false;
	switch (*(*p)++) {
	case 0x00: /* ZeroOp */
		*v = 0;
		return true;
	case 0x01: /* OneOp */
		*v = 1;
		return true;
	case 0x0a: /* BytePrefix */
		if (*p == end)
			return false;
		*v = *(*p)++;
		return true;
	default:
		return false;
	}
}

/* Name(\_S5_, Package(n) { a, b, ... }) at p, which starts with "_S5_". */
static bool s5_package(const uint8_t *p, const uint8_t *end, uint8_t s5[2])
{
	size_t skip;

	p += 4;
	if (end - p < 4 || *p++ != 0x12)	/* PackageOp */
		return false;
	skip = 1 + (*p >> 6);			/* its length: 1 to 4 bytes */
	if ((size_t)(end - p) <= skip)
		return false;
	p += skip;
	if (*p++ < 2)				/* number of elements */
		return false;
	return element(&p, end, &s5[0]) && element(&p, end, &s5[1]) &&
	       s5[0] < 8 && s5[1] < 8;
}

/* The AML of the definition block, which the table names; false: none. */
static bool dsdt(const struct pvh_view *mem, const struct acpi_header *fadt,
		 const uint8_t **p, const uint8_t **end)
{
	uint64_t pa = field(fadt, FADT_X_DSDT, 8);
	const struct acpi_header *h;
	uint32_t len;

	if (pa == 0)
		pa = field(fadt, FADT_DSDT, 4);
	h = mem->at(mem, pa, sizeof(*h));
	if (!h || memcmp(h->signature, "DSDT", 4) != 0)
		return false;
	len = h->len;
	if (len < sizeof(*h) || len > DSDT_MAX)
		return false;
	h = mem->at(mem, pa, len);
	if (!h)
		return false;
	*p = (const uint8_t *)(h + 1);
	*end = (const uint8_t *)h + len;
	return true;
}

/* The sleep types of S5, by a search in the definition block. */
static bool s5_types(const struct pvh_view *mem, const struct acpi_header *h,
		     bool reduced, uint8_t s5[2])
{
	const uint8_t *p, *end;

	/* QEMU's are known, and its definition block is 8 KiB to search. */
	if (memcmp(h->oem, "BOCHS ", 6) == 0 &&
	    memcmp(h->oem_table, "BXPC    ", 8) == 0) {
		s5[0] = s5[1] = reduced ? 5 : 0;
		return true;
	}
	if (!dsdt(mem, h, &p, &end))
		return false;
	for (; end - p >= 8; p++)
		if (p[0] == '_' && memcmp(p, "_S5_", 4) == 0 &&
		    s5_package(p, end, s5))
			return true;
	return false;
}

#ifdef CONFIG_LIBUKBUS_MMIO
static void find_mmio(const struct pvh_view *mem, const struct acpi_header *h,
		      struct acpi_facts *out)
{
	const uint8_t *p, *end;

	if (dsdt(mem, h, &p, &end))
		dsdt_decode(p, end, out);
}
#else
static void find_mmio(const struct pvh_view *mem UK_UNUSED,
		      const struct acpi_header *h UK_UNUSED,
		      struct acpi_facts *out UK_UNUSED)
{
}
#endif

void fadt_decode(const struct pvh_view *mem, const struct acpi_header *h,
		 struct acpi_facts *out)
{
	uint32_t flags = (uint32_t)field(h, FADT_FLAGS, 4);
	bool reduced = flags & FLAG_HW_REDUCED;
	uint8_t s5[2], space = (uint8_t)field(h, FADT_SLEEP_CONTROL, 1);

	if (!reduced && field(h, FADT_PM_TMR_LEN, 1) == 4) {
		out->timer = port(h, FADT_PM_TMR);
		out->timer_32 = flags & FLAG_TIMER_32;
	}
	find_mmio(mem, h, out);
	if (!s5_types(mem, h, reduced, s5))
		return;
	out->s5a = s5[0];
	out->s5b = s5[1];
	if (!reduced) {
		if (field(h, FADT_PM1_CNT_LEN, 1) >= 2) {
			out->pm1a = port(h, FADT_PM1A_CNT);
			out->pm1b = port(h, FADT_PM1B_CNT);
		}
		return;
	}
	if (space == SPACE_MEMORY || space == SPACE_IO) {
		out->sleep = field(h, FADT_SLEEP_CONTROL + 4, 8);
		out->sleep_is_io = space == SPACE_IO;
		if (out->sleep_is_io && out->sleep > UINT16_MAX)
			out->sleep = 0;
	}
}
