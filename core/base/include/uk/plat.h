/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The contract between core and a platform.
 *
 * Core calls nothing of a platform but what is named here, and includes no
 * header of one. A new platform (Xen, a monitor that owns the page tables,
 * another CPU's machine) implements this file in its own room and touches no
 * other. Words: MUST and MAY as in RFC 2119. Errors are negative errno.
 *
 * Order of a boot:
 *   platform entry -> minimal tables and stack -> console works ->
 *   bootinfo decoded -> uk_boot_entry(bi)            (core/boot, no return)
 *     -> uk_mem_init(bi): ukplat_map_begin, ukplat_map..., ukplat_map_commit
 *     -> ukplat_init() -> init tables -> main -> ukplat_exit(status)
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/bootinfo.h>
#include <uk/essentials.h>

/* ---- facts ----------------------------------------------------------- */

/* What the platform's hardware or host really holds; read by self-tests. */
#define UKPLAT_F_PAGE_RIGHTS	(1u << 0) /* R, W, X of a page hold */
#define UKPLAT_F_PRIVILEGED	(1u << 1) /* ring 0: SMEP/SMAP/UMIP/WP apply */
#define UKPLAT_F_NULL_FAULTS	(1u << 2) /* an access to page 0 traps */
#define UKPLAT_F_QUERY		(1u << 3) /* ukplat_map_query: real tables */
/* A trap on a stack without room is told; else the host ends the image. */
#define UKPLAT_F_TRAP_STACK	(1u << 4)

struct ukplat_info {
	const char *name;	/* "kvm", "linuxu", ... */
	uint32_t features;	/* UKPLAT_F_* */
	/*
	 * Where core may place mappings: [va_start, va_end). The image lies
	 * outside. MUST be page-aligned and MUST hold 64 GiB or more.
	 */
	uintptr_t va_start, va_end;
};
extern const struct ukplat_info ukplat_info;

/* ---- console --------------------------------------------------------- */

/*
 * Write len bytes (any values; the platform turns "\n" into what its console
 * wants). Never fails, never sleeps, interrupt-safe, usable from the first
 * call of uk_boot_entry on and in a crash.
 */
void ukplat_console_write(const char *buf, size_t len);

/* Read up to len bytes without waiting. Returns how many, 0 = none there. */
size_t ukplat_console_read(char *buf, size_t len);

/* ---- clock, idle, timer ---------------------------------------------- */

/* Nanoseconds since some point before boot; never goes back. Any context. */
uint64_t ukplat_clock_monotonic(void);
/* Nanoseconds since 1970-01-01 UTC, 0 where the machine has no such clock. */
uint64_t ukplat_clock_wall(void);

#define UKPLAT_FOREVER UINT64_MAX
/*
 * Sleep until an interrupt came or the monotonic clock reached `until`
 * (ns; UKPLAT_FOREVER = no limit; a time gone by returns at once). Called
 * with interrupts off; atomically enables them while it sleeps and returns
 * with them off, after the handlers ran. May return early. Thread context.
 */
void ukplat_idle(uint64_t until);

/* ---- interrupts ------------------------------------------------------ */

/* Turn interrupts off; returns the old state for ukplat_irq_restore. */
unsigned long ukplat_irq_save(void);
void ukplat_irq_restore(unsigned long flags);
void ukplat_irq_enable(void);
void ukplat_irq_disable(void);

/*
 * Call fn(arg) with interrupts off whenever line `irq` fires. The line is
 * unmasked on success. -EINVAL: no such line. -EBUSY: taken. -ENOTSUP: this
 * platform has none. Not callable once the image is sealed against it
 * (before main): handlers live in read-only-after-init memory.
 */
typedef void (*ukplat_irq_fn)(void *arg);
int ukplat_irq_register(unsigned int irq, ukplat_irq_fn fn, void *arg);
/* Has any line a handler? A scheduler with nobody to run, no deadline and no
 * handler that could wake a thread knows that the image hangs. MAY be left
 * out: callers declare it weak. Any context. */
bool ukplat_irq_registered(void);

/* ---- entropy --------------------------------------------------------- */

/*
 * Fill buf with entropy from the CPU or the host (RDSEED/RDRAND, getrandom).
 * Returns bytes written, possibly fewer than len, 0 = this machine has none.
 */
size_t ukplat_entropy(void *buf, size_t len);

/* ---- the end --------------------------------------------------------- */

/*
 * Exit statuses of an image; 0 to 63 are the application's own. Platforms
 * that carry 7 bits (isa-debug-exit) report anything above 127 as 127 and
 * say so on the console.
 */
#define UK_EXIT_OK	 0
#define UK_EXIT_USAGE	64	/* command line refused */
#define UK_EXIT_CRASH	70	/* trap, failed assertion, uk_crash() */
#define UK_EXIT_BOOT	71	/* boot information or memory refused */
#define UK_EXIT_SELFTEST 72	/* a claimed mitigation does not hold */
#define UK_EXIT_ENTROPY	73	/* a randomising profile found no entropy */

/* Stop the machine. Any context, any stack, MUST NOT need memory. */
UK_NORETURN void ukplat_exit(int status);

/*
 * Say why this boot is refused and stop with UK_EXIT_BOOT. `why` is one
 * sentence: what is wrong and what to do. For platform code and core/mem
 * before the heap is there; later code uses uk_crash.
 */
UK_NORETURN void ukplat_boot_refuse(const char *why, uint64_t value);

/* ---- address space --------------------------------------------------- */

#define UK_MEM_R (1u << 0)
#define UK_MEM_W (1u << 1)
#define UK_MEM_X (1u << 2)
#define UK_MEM_DEVICE (1u << 3)	/* uncached, in order */

#define UK_PAGE_SHIFT 12
#define UK_PAGE_SIZE (1ul << UK_PAGE_SHIFT)

/*
 * The mechanism below core/mem, which alone calls these and has already
 * checked: page-aligned, no wrap, rights allowed by policy, nothing mapped
 * there (map) or everything mapped (protect, unmap). Page tables, where a
 * platform has them, are its own business: it takes frames from
 * uk_frame_alloc() of <uk/frame.h> and never hands them out.
 * A platform MAY use large pages; protect and unmap MUST then split them.
 * What fails (-ENOMEM) MUST leave mappings and rights as they were.
 */
int ukplat_map_begin(void);	/* start the final, empty tables */
int ukplat_map_commit(void);	/* switch to them; boot tables are gone after */
int ukplat_map(uintptr_t va, uint64_t pa, size_t len, unsigned int rights);
int ukplat_unmap(uintptr_t va, size_t len);
int ukplat_protect(uintptr_t va, size_t len, unsigned int rights);

/*
 * Read back the mapping of the page at va from the real tables (or the host's
 * list of mappings), not from a record: self-tests prove claims with it.
 * 0: *pa and *rights are set, *len is the size of the run of equal rights
 * that starts at va (at least one page; it may be cut short).
 * -ENOENT: not mapped, *len bytes from va on are not. -ENOTSUP: cannot read.
 */
int ukplat_map_query(uintptr_t va, uint64_t *pa, unsigned int *rights,
		     size_t *len);

/* ---- start ----------------------------------------------------------- */

/*
 * Called once by core/boot after uk_mem_init: interrupt controller, clock,
 * timer, interrupts on. 0 or negative errno (the boot is refused).
 */
int ukplat_init(const struct uk_bootinfo *bi);

/* Where the platform hands over (core/boot implements it). bi stays valid
 * until main. On the platform's boot stack, interrupts off. */
UK_NORETURN void uk_boot_entry(struct uk_bootinfo *bi);
