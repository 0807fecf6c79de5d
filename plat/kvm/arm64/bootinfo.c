/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Boot information on the boot tables: gives the decoder of fdt.c the tree, and
 * checks what only the image itself knows.
 */
#include "virt.h"

#include <uk/image.h>
#include <uk/str.h>

struct fdt_facts kvm_fdt UK_RO_AFTER_INIT_ZERO;

static int decode(uint64_t tree_pa, struct uk_bootinfo *bi, void **tree,
		  const char **why, uint64_t *value)
{
	size_t len;

	*why = "the loader passes no device tree, which says what the machine "
	       "is: start the image as a Linux kernel";
	*value = tree_pa;
	if (!tree_pa || tree_pa % 8)
		return -1;
	*tree = kvm_slot(KVM_SLOT_TREE, tree_pa, false);
	len = fdt_size(*tree);
	return len ? fdt_decode(*tree, len, &kvm_fdt, bi, why, value) : -1;
}

void kvm_bootinfo_peek(uint64_t tree_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;
	void *tree;

	decode(tree_pa, bi, &tree, &why, &value);
}

/* Registers that the tree names must not be memory. */
static void check_registers(const struct uk_bootinfo *bi)
{
	struct fdt_facts *f = &kvm_fdt;

	if (uk_bootinfo_is_memory(bi, f->uart, UK_PAGE_SIZE))
		f->uart = 0;
	if (uk_bootinfo_is_memory(bi, f->rtc, UK_PAGE_SIZE))
		f->rtc = 0;
	if (uk_bootinfo_is_memory(bi, f->gic_dist, f->gic_dist_len) ||
	    uk_bootinfo_is_memory(bi, f->gic_cpu, f->gic_cpu_len))
		f->gic = 0;
}

void kvm_bootinfo_decode(uint64_t tree_pa, struct uk_bootinfo *bi)
{
	const char *why;
	uint64_t value;
	void *tree;
	int rc = decode(tree_pa, bi, &tree, &why, &value);

	bi->image_pa = kvm_image_pa;
	if (rc)
		ukplat_boot_refuse(why, value);
	check_registers(bi);
	kvm_console_set(kvm_fdt.uart ?
			kvm_slot(KVM_SLOT_UART, kvm_fdt.uart, true) : NULL);
	kvm_entropy_seed(bi->seed, bi->seed_len);
	/* The seed is for this image alone: no copy stays behind. */
	memset((char *)tree + kvm_fdt.seed_at, 0, kvm_fdt.seed_len);
}
