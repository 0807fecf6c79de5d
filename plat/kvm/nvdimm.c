/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Backend qemu-nvdimm of <uk/hvprotect.h>: a file of the host's that QEMU maps
 * read-only behind an nvdimm. A store to it leaves the virtual machine or the
 * software CPU's fast path, and is dropped there; page tables have no say.
 *
 * Nothing that the machine says is trusted. The nvdimm that is taken has the
 * very bytes of text and rodata as the loader put them into memory, and lets a
 * store have no effect; both are tried, not asked for.
 */
#include "device.h"
#include "kvm.h"

#include <uk/arch/paging.h>
#include <uk/image.h>
#include <uk/str.h>

#define WINDOW (UKARCH_PT_ENTRIES - 2)
#define PT_LOAD 1

const struct uk_hv_backend uk_hv_backend = {
	.name = "qemu-nvdimm",
	.guarantee = "a store to text or rodata has no effect, whatever page "
		     "tables and CR0 say; page tables are the guest's: it can "
		     "lead an address to other memory",
	.holds = UK_HV_TEXT,
};

/* Elf64_Phdr. The linker script puts all of them below the image, from where
 * an Elf64_Ehdr would end up to the image's checksum. */
struct segment {
	uint32_t type, flags;
	uint64_t offset, va, pa, filesz, memsz, align;
};
#define SEGMENTS ((const struct segment *)(PVH_LOW + 64))
extern const struct segment kvm_sum[];

/* Physical memory from pa on, up to the next multiple of 2 MiB. */
static volatile char *look(uint64_t pa)
{
	uint64_t in_page = pa & (UKARCH_PAGE_LARGE - 1);

	pvh_loaded(pvh_boot_pd)[WINDOW] = (pa - in_page) | UKARCH_PTE_P |
		UKARCH_PTE_W | UKARCH_PTE_LARGE;
	ukarch_tlb_page(WINDOW * UKARCH_PAGE_LARGE);
	return (char *)(WINDOW * UKARCH_PAGE_LARGE + in_page);
}

/* One instruction a word: this is most of what the mitigation costs. */
static bool same(const char *a, const char *b, size_t len)
{
	size_t words = len / 8;
	bool same = true;

	if (words)
		__asm__ __volatile__("repe cmpsq"
				     : "+S"(a), "+D"(b), "+c"(words),
				       "=@cce"(same) : : "memory");
	return same && memcmp(a, b, len % 8) == 0;
}

static bool equal(uint64_t pa, const char *ram, size_t len)
{
	size_t n;

	for (; len; len -= n, pa += n, ram += n) {
		n = UKARCH_PAGE_LARGE - (pa & (UKARCH_PAGE_LARGE - 1));
		n = UK_MIN(n, len);
		if (!same((const char *)look(pa), ram, n))
			return false;
	}
	return true;
}

/* What the file gives to text and rodata; what it leaves out between them is
 * nothing that anybody looks at. */
static bool holds_image(uint64_t pa)
{
	const char *text = pvh_loaded(uk_image_text_start);
	const char *end = pvh_loaded(uk_image_rodata_end);
	const struct segment *s;

	for (s = SEGMENTS; s < pvh_loaded(kvm_sum); s++) {
		const char *ram = (const char *)s->va;

		if (s->type == PT_LOAD && ram >= text && ram < end &&
		    !equal(pa + (uint64_t)(ram - text), ram, s->filesz))
			return false;
	}
	return true;
}

/* The first byte of each page; what can be changed is put back. */
static bool can_be_written(uint64_t pa, size_t len)
{
	size_t i;

	for (i = 0; i < len; i += UK_PAGE_SIZE) {
		volatile char *p = look(pa + i);
		char was = *p;

		*p = (char)~was;
		if (*p != was) {
			*p = was;
			return true;
		}
	}
	return false;
}

static bool usable(const struct acpi_nvdimm *n, size_t len)
{
	return n->len >= len && !(n->pa & (UK_PAGE_SIZE - 1)) &&
	       holds_image(n->pa);
}

void kvm_nvdimm_find(struct uk_bootinfo *bi)
{
	size_t len = (size_t)(uk_image_rodata_end - uk_image_text_start);
	const struct acpi_nvdimm *n = kvm_acpi.nvdimm;
	const struct acpi_nvdimm *end = n + kvm_acpi.n_nvdimms;

	if (n == end)
		ukplat_boot_refuse("hvro: text and rodata of this image are to "
				   "lie in a read-only nvdimm, and this "
				   "machine has none: start it with "
				   "support/run/guest",
				   kvm_acpi.n_nvdimms);
	while (n < end && !usable(n, len))
		n++;
	if (n == end)
		ukplat_boot_refuse("hvro: no nvdimm of this machine holds this "
				   "image's text and rodata: make its file "
				   "anew with support/run/rofile",
				   kvm_acpi.n_nvdimms);
	if (can_be_written(n->pa, len))
		ukplat_boot_refuse("hvro: the nvdimm with this image's text "
				   "can be written: give QEMU readonly=on and "
				   "unarmed=on", n->pa);
	pvh_loaded(pvh_boot_pd)[WINDOW] = 0;
	ukarch_tlb_page(WINDOW * UKARCH_PAGE_LARGE);
	bi->hv = (struct uk_hvprotect){ n->pa, len, &uk_hv_backend };
}
