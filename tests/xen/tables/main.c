/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An attacker who runs code of his own in a PV guest, knows where everything is
 * and may call the hypervisor: page tables stay out of reach. `own` does the
 * same to a frame that is no table, and succeeds.
 */
#include <stdio.h>
#include <string.h>
#include <uk/plat.h>
#include <uk/vm.h>

#define UPDATE_VA 14
#define P_RW_A 0x23ul
#define NX (1ul << 63)

extern uintptr_t pv_window;
extern const uint64_t *pv_list;
uint64_t pv_frame_of(uint64_t machine_frame);

static long update_va(uintptr_t va, uint64_t entry)
{
	register uint64_t r10 __asm__("r10") = 0;
	uint64_t flags = 2;		/* this page of the TLB */
	long ret = UPDATE_VA;

	__asm__ __volatile__("syscall"
			     : "+a"(ret), "+D"(va), "+S"(entry), "+d"(flags),
			       "+r"(r10)
			     : : "rcx", "r8", "r9", "r11", "memory");
	return ret;
}

/* The top table: where it is, as the domain counts. */
static uint64_t top_table(void)
{
	uint64_t cr3;

	__asm__ __volatile__("mov %%cr3, %0" : "=r"(cr3));
	return pv_frame_of(cr3 >> UK_PAGE_SHIFT) << UK_PAGE_SHIFT;
}

/* Give a page of our own the frame at pa, writable, and write. */
static int write_through(uint64_t pa)
{
	volatile uint64_t *p = uk_vm_alloc("attack", UK_PAGE_SIZE,
					   UK_MEM_R | UK_MEM_W, 0);
	uint64_t machine = pv_list[pa >> UK_PAGE_SHIFT] << UK_PAGE_SHIFT;
	long rc = update_va((uintptr_t)p, machine | P_RW_A | NX);

	if (rc) {
		printf("STOPPED: the hypervisor says %ld\n", rc);
		return 1;
	}
	p[511] = 0;
	printf("SURVIVED: written\n");
	return 0;
}

static int run(const char *act)
{
	uint64_t top = top_table();
	void *own;

	if (!strcmp(act, "store")) {
		((volatile uint64_t *)(pv_window + top))[511] = 0;
		printf("SURVIVED: written\n");
		return 0;
	}
	if (!strcmp(act, "map")) {
		if (ukplat_map(ukplat_info.va_start, top, UK_PAGE_SIZE,
			       UK_MEM_R | UK_MEM_W)) {
			printf("STOPPED: the platform refuses\n");
			return 1;
		}
		printf("SURVIVED: mapped\n");
		return 0;
	}
	if (!strcmp(act, "alias"))
		return write_through(top);
	if (!strcmp(act, "foreign")) {
		/* The hypervisor's own first MiB is nobody's. */
		own = uk_vm_alloc("attack", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W,
				  0);
		if (update_va((uintptr_t)own, 0x1000 | P_RW_A | NX)) {
			printf("STOPPED: the hypervisor refuses\n");
			return 1;
		}
		printf("SURVIVED: mapped\n");
		return 0;
	}
	own = uk_vm_alloc("victim", UK_PAGE_SIZE, UK_MEM_R | UK_MEM_W, 0);
	return write_through(uk_vm_phys(own));
}

int main(int argc, char **argv)
{
	return argc == 2 ? run(argv[1]) : 2;
}
