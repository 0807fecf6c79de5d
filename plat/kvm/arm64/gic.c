/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interrupt controller: version 2 (Arm IHI 0048), whose CPU interface is
 * registers in memory, and version 3 (IHI 0069), where it is registers of the
 * CPU, and each CPU's own interrupts have a part of their own. One CPU.
 */
#include "virt.h"

#include <uk/errno.h>

/* Distributor; and what a CPU's own part has of it, at the same places */
#define D_CTLR 0x000
#define D_TYPER 0x004
#define D_GROUP(n) (0x080 + 4 * (n))
#define D_ENABLE(n) (0x100 + 4 * (n))
#define D_DISABLE(n) (0x180 + 4 * (n))
#define D_PRIORITY(n) (0x400 + (n))	/* a byte each */
#define D_TARGET(n) (0x800 + (n))	/* version 2: a byte each */
#define D_ROUTER(n) (0x6000 + 8 * (n))	/* version 3 */
#define D_LEN2 0x1000
#define D_LEN3 0x10000

#define D_ON2 0x1
#define D_ON3 0x13		/* both groups; by affinity */
#define D_LINES(typer) (((typer) & 0x1f) * 32 + 32)

/* Version 2: CPU interface */
#define C_CTLR 0x00
#define C_PMR 0x04
#define C_IAR 0x0c
#define C_EOIR 0x10
#define C_LEN 0x1000

/* Version 3: a CPU's redistributor, and behind it its own interrupts */
#define R_WAKER 0x14
#define R_ASLEEP 0x4		/* children are */
#define R_SLEEP 0x2
#define R_OWN 0x10000
#define R_LEN 0x20000
#define R_PATIENCE 1000000u

#define OWN 32u			/* interrupts below are each CPU's own */
#define PRIORITY 0xa0
#define ALL_PRIORITIES 0xff
#define INTID 0x3ff

static volatile uint8_t *dist UK_RO_AFTER_INIT_ZERO;
static volatile uint8_t *cpu UK_RO_AFTER_INIT_ZERO;	/* or redistributor */

static uint32_t get(volatile uint8_t *at)
{
	return *(volatile uint32_t *)at;
}

static void put(volatile uint8_t *at, uint32_t v)
{
	*(volatile uint32_t *)at = v;
}

static bool is_3(void)
{
	return kvm_fdt.gic == 3;
}

static int start_2(void)
{
	put(cpu + C_PMR, ALL_PRIORITIES);
	put(cpu + C_CTLR, 1);
	put(dist + D_CTLR, D_ON2);
	return 0;
}

static int start_3(void)
{
	unsigned int n = R_PATIENCE;
	uint64_t sre;

	put(dist + D_CTLR, D_ON3);
	put(cpu + R_WAKER, get(cpu + R_WAKER) & ~R_SLEEP);
	while (get(cpu + R_WAKER) & R_ASLEEP)
		if (--n == 0)
			ukplat_boot_refuse("the interrupt controller does not "
					   "wake up", get(cpu + R_WAKER));
	/* ICC_SRE_EL1, ICC_PMR_EL1, ICC_IGRPEN1_EL1 */
	__asm__ __volatile__("mrs %0, s3_0_c12_c12_5" : "=r"(sre));
	__asm__ __volatile__("msr s3_0_c12_c12_5, %0\n\tisb"
			     : : "r"(sre | 1));
	__asm__ __volatile__("msr s3_0_c4_c6_0, %0\n\t"
			     "msr s3_0_c12_c12_7, %1\n\tisb"
			     : : "r"((uint64_t)ALL_PRIORITIES), "r"(1ul));
	return 0;
}

int kvm_gic_init(void)
{
	uint64_t dist_len = is_3() ? D_LEN3 : D_LEN2;
	uint64_t cpu_len = is_3() ? R_LEN : C_LEN;

	if (kvm_fdt.gic_dist_len < dist_len || kvm_fdt.gic_cpu_len < cpu_len)
		ukplat_boot_refuse("the interrupt controller has fewer "
				   "registers than its version", kvm_fdt.gic);
	dist = kvm_device(kvm_fdt.gic_dist, dist_len);
	cpu = kvm_device(kvm_fdt.gic_cpu, cpu_len);
	if (!dist || !cpu)
		return -ENOMEM;
	return is_3() ? start_3() : start_2();
}

int kvm_gic_enable(unsigned int irq)
{
	volatile uint8_t *at = is_3() && irq < OWN ? cpu + R_OWN : dist;
	unsigned int word = irq / 32;
	uint32_t bit = 1u << irq % 32;

	if (irq >= D_LINES(get(dist + D_TYPER)) || irq >= KVM_GIC_NONE)
		return -EINVAL;
	*(at + D_PRIORITY(irq)) = PRIORITY;
	if (is_3()) {
		put(at + D_GROUP(word), get(at + D_GROUP(word)) | bit);
		if (irq >= OWN)
			*(volatile uint64_t *)(dist + D_ROUTER(irq)) = 0;
	} else if (irq >= OWN) {
		*(at + D_TARGET(irq)) = 1;
	}
	put(at + D_ENABLE(word), bit);
	return 0;
}

unsigned int kvm_gic_take(void)
{
	uint64_t v;

	if (!is_3())
		return get(cpu + C_IAR) & INTID;
	__asm__ __volatile__("mrs %0, s3_0_c12_c12_0\n\tdsb sy"
			     : "=r"(v) : : "memory");
	return v & 0xffffff;
}

void kvm_gic_end(unsigned int irq)
{
	if (!is_3())
		put(cpu + C_EOIR, irq);
	else
		__asm__ __volatile__("msr s3_0_c12_c12_1, %0\n\tisb"
				     : : "r"((uint64_t)irq) : "memory");
}
