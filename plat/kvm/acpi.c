/* SPDX-License-Identifier: BSD-3-Clause */
#include "acpi.h"
#include "fadt.h"
#include "nfit.h"

#include <uk/config.h>
#include <uk/essentials.h>
#include <uk/str.h>

/* Longest table that is read: those of interest are far shorter. */
#define TABLE_MAX 0x10000u
#define MADT_IOAPIC 1
#define MADT_OVERRIDE 2

struct rsdp {
	char signature[8];	/* "RSD PTR " */
	uint8_t checksum;
	char oem[6];
	uint8_t revision;
	uint32_t rsdt;
	uint32_t len;		/* from revision 2 on */
	uint64_t xsdt;
	uint8_t checksum_all, reserved[3];
} UK_PACKED;
#define RSDP_V1_LEN 20

struct madt {
	struct acpi_header h;
	uint32_t lapic, flags;
	uint8_t entries[];
} UK_PACKED;

struct madt_ioapic {
	uint8_t type, len, id, reserved;
	uint32_t pa, first;
} UK_PACKED;

struct madt_override {
	uint8_t type, len, bus, irq;
	uint32_t gsi;
	uint16_t flags;
} UK_PACKED;

static bool sums_to_zero(const void *p, size_t len)
{
	const uint8_t *b = p;
	uint64_t word, sum = 0;
	uint8_t total = 0;

	/* Eight bytes at a time: even and odd bytes in 16-bit lanes, which
	 * hold 128 rounds (255 * 2 * 128 < 2^16) before they are gathered. */
	while (len >= 8) {
		size_t rounds = UK_MIN(len / 8, (size_t)128);

		len -= rounds * 8;
		for (sum = 0; rounds != 0; rounds--, b += 8) {
			memcpy(&word, b, 8);
			sum += (word & 0x00ff00ff00ff00ff) +
			       (word >> 8 & 0x00ff00ff00ff00ff);
		}
		total += (uint8_t)(sum + (sum >> 16) + (sum >> 32) +
				   (sum >> 48));
	}
	while (len-- != 0)
		total += *b++;
	return total == 0;
}

/* The whole table at pa, checked, or NULL. */
static const struct acpi_header *table(const struct pvh_view *mem, uint64_t pa,
				       const char *signature)
{
	const struct acpi_header *h = mem->at(mem, pa, sizeof(*h));
	uint32_t len;

	if (!h || memcmp(h->signature, signature, 4) != 0)
		return NULL;
	len = h->len;
	if (len < sizeof(*h) || len > TABLE_MAX)
		return NULL;
	h = mem->at(mem, pa, len);
	return h && sums_to_zero(h, len) ? h : NULL;
}

static void madt_entry(struct acpi_facts *out, const uint8_t *e, uint8_t len)
{
	const struct madt_ioapic *io = (const void *)e;
	const struct madt_override *ov = (const void *)e;
	size_t i;

	if (e[0] == MADT_IOAPIC && len >= sizeof(*io)) {
		for (i = 0; i < ACPI_MAX_IOAPICS; i++) {
			if (out->ioapic[i].pa != 0)
				continue;
			out->ioapic[i].pa = io->pa;
			out->ioapic[i].first = io->first;
			break;
		}
	} else if (e[0] == MADT_OVERRIDE && len >= sizeof(*ov) &&
		   ov->irq < ACPI_ISA_IRQS) {
		out->isa[ov->irq].gsi = ov->gsi;
		out->isa[ov->irq].flags = (uint8_t)ov->flags;
	}
}

static void decode_madt(const struct acpi_header *h, struct acpi_facts *out)
{
	const struct madt *m = (const void *)h;
	const uint8_t *e;
	size_t left;

	if (h->len < sizeof(*m))
		return;
	out->has_madt = true;
	e = m->entries;
	left = h->len - sizeof(*m);
	while (left >= 2 && e[1] >= 2 && e[1] <= left) {
		madt_entry(out, e, e[1]);
		left -= e[1];
		e += e[1];
	}
}

static void decode_table(const struct pvh_view *mem, uint64_t pa,
			 struct acpi_facts *out)
{
	const struct acpi_header *h;

	h = table(mem, pa, "FACP");
	if (h) {
		fadt_decode(mem, h, out);
		return;
	}
	h = table(mem, pa, "APIC");
	if (h && !out->has_madt) {
		decode_madt(h, out);
		return;
	}
#ifdef CONFIG_HARDEN_HVRO
	h = table(mem, pa, "NFIT");
	if (h)
		nfit_decode(h, out);
#endif
}

/* The root table and the width of its entries. */
static const struct acpi_header *root(const struct pvh_view *mem,
				      uint64_t rsdp_pa, size_t *width)
{
	const struct rsdp *r = mem->at(mem, rsdp_pa, RSDP_V1_LEN);

	if (!r || memcmp(r->signature, "RSD PTR ", 8) != 0 ||
	    !sums_to_zero(r, RSDP_V1_LEN))
		return NULL;
	if (r->revision >= 2) {
		r = mem->at(mem, rsdp_pa, sizeof(*r));
		if (r && sums_to_zero(r, sizeof(*r)) && r->xsdt != 0) {
			*width = 8;
			return table(mem, r->xsdt, "XSDT");
		}
		r = mem->at(mem, rsdp_pa, RSDP_V1_LEN);
	}
	*width = 4;
	return table(mem, r->rsdt, "RSDT");
}

void acpi_decode(const struct pvh_view *mem, uint64_t rsdp_pa,
		 struct acpi_facts *out)
{
	const struct acpi_header *h;
	const uint8_t *e, *end;
	uint64_t pa = 0;
	size_t i, width = 0;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < ACPI_ISA_IRQS; i++)
		out->isa[i].gsi = (uint32_t)i;
	h = rsdp_pa ? root(mem, rsdp_pa, &width) : NULL;
	if (!h)
		return;
	e = (const uint8_t *)(h + 1);
	end = (const uint8_t *)h + h->len;
	for (; (size_t)(end - e) >= width; e += width) {
		memcpy(&pa, e, width);
		decode_table(mem, pa, out);
	}
}
