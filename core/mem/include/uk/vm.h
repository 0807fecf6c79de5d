/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The address space: named ranges with rights. The one place that decides
 * who may read, write or execute what; the platform only carries it out.
 *
 * Rules that hold by construction (mitigations wx, guard, null may be turned
 * off in Kconfig, which then says so in the image):
 *  - no range is writable and executable, at any time;
 *  - no frame of the image's text, rodata or sealed data has a second mapping;
 *  - page 0 and what is below ukplat_info.va_start but the image is unmapped;
 *  - after uk_vm_seal() a range's rights can only shrink.
 * Thread context only, not interrupt-safe. Errors: -EINVAL (not aligned,
 * empty, wraps), -EPERM (a rule above), -ENOMEM, -ENOENT (no such range).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/plat.h>

#define UK_VM_GUARD_BELOW (1u << 0) /* an unmapped page before the range */
#define UK_VM_GUARD_ABOVE (1u << 1) /* ... and after it */
#define UK_VM_CONTIGUOUS  (1u << 2) /* frames in one run (DMA) */
#define UK_VM_DIRTY	  (1u << 3) /* contents undefined: no time a page */

struct uk_vm_range {
	uintptr_t va;		/* page-aligned */
	size_t len;		/* bytes, page multiple, > 0 */
	unsigned int rights;	/* UK_MEM_* as asked for */
	const char *name;	/* "text", "stack:main"; static storage */
};

/* New zeroed memory at an address of core's choosing; NULL on -ENOMEM/-EPERM.
 * len is rounded up to pages; rights hold R at least. Guards cost address
 * space only. Owned by the caller until uk_vm_free. */
void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags);
/* Unmap a whole range, as it was allocated, and give its frames back (device
 * ranges: unmap only). -EPERM for sealed ranges and the image. */
int uk_vm_free(void *va);
/* All of [va, va + len) must be there. rights 0: unmapped, but contents and
 * address are kept. Without W or X no R is an error. */
int uk_vm_protect(void *va, size_t len, unsigned int rights);
/* Forbid, for good, that any right is added to the range that holds va, as it
 * was allocated, and that it is freed. */
int uk_vm_seal(void *va);
/*
 * Address space without memory, `len` bytes (page multiple), guarded on both
 * sides, at an address of core's choosing; NULL on -ENOMEM. Costs a record.
 * uk_vm_commit puts zeroed RW frames behind part of it that has none,
 * uk_vm_decommit takes them away again (contents are lost, the place stays),
 * as they were committed: one such piece or several that adjoin. -EPERM: not
 * reserved, there already, not there. Failure changes nothing. uk_vm_free
 * takes it all.
 * For allocators whose blocks lie at places that they reckon with.
 */
void *uk_vm_reserve(const char *name, size_t len);
int uk_vm_commit(void *va, size_t len);
int uk_vm_decommit(void *va, size_t len);

/* Map device registers (pa need not be aligned; neither must *va then be).
 * rights: R, W, and UK_MEM_DEVICE for registers; without that, tables and files
 * in memory that is not RAM for the allocator. -EPERM: X; RAM; the image. */
int uk_vm_map_device(const char *name, uint64_t pa, size_t len,
		     unsigned int rights, void **va);

/* Stacks: len usable bytes (rounded up to pages), contents undefined, guard
 * below and above, top returned in *top. NULL as uk_vm_alloc. */
void *uk_stack_alloc(const char *name, size_t len, void **top);
void uk_stack_free(void *stack);

/* The range that holds va (a copy), or -ENOENT. */
int uk_vm_find(uintptr_t va, struct uk_vm_range *out);
/* fn for every range in address order until it returns non-zero (returned). */
int uk_vm_foreach(int (*fn)(const struct uk_vm_range *r, void *arg), void *arg);
/* Physical address of va by the real tables, or UINT64_MAX. */
uint64_t uk_vm_phys(const void *va);

/* Largest page-multiple that uk_vm_alloc could deliver now: how the heap is
 * sized. */
size_t uk_vm_available(void);

/*
 * Boot, called by core/boot only, in this order. uk_mem_init checks the
 * memory map (sorts; overlaps, wraps, too little memory are refused with a
 * message), builds the final tables with each segment's own rights and
 * switches to them. uk_mem_seal_image makes the RO-after-init pages
 * read-only and seals the image's ranges.
 */
void uk_mem_init(const struct uk_bootinfo *bi);
void uk_mem_seal_image(void);
