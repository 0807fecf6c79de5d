/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stopping the machine. The ways in order: a device that takes the exit
 * status, a device that takes "panicked", ACPI power-off, reset. Needs no
 * memory and no mapping that kvm_power_init has not made.
 */
#include "device.h"
#include "kvm.h"

#include <uk/arch/cpu.h>
#include <uk/arch/io.h>
#include <uk/essentials.h>
#include <uk/vm.h>

#define DEBUG_EXIT 0xf4
#define PVPANIC 0x505
#define PVPANIC_PANICKED 0x01
#define I8042_COMMAND 0x64
#define I8042_BUSY 0x02
#define I8042_RESET 0xfe
#define NOBODY 0xff

#define PM1_SLEEP_ENABLE (1u << 13)
#define PM1_TYPE_SHIFT 10
#define SLEEP_ENABLE (1u << 5)
#define SLEEP_TYPE_SHIFT 2

/* The monitor stops the CPU a moment after it was told: 2^27 ticks are some
 * 50 to 130 ms. */
#define GRACE (1ull << 27)

static volatile uint8_t *sleep_mmio UK_RO_AFTER_INIT_ZERO;

int kvm_power_init(void)
{
	void *va;
	int rc;

	if (kvm_acpi.sleep == 0 || kvm_acpi.sleep_is_io)
		return 0;
	rc = uk_vm_map_device("poweroff", kvm_acpi.sleep, 1,
			      UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE, &va);
	if (rc == 0)
		sleep_mmio = va;
	return rc;
}

static void wait_for_end(void)
{
	uint64_t start = ukarch_cycles();

	while (ukarch_cycles() - start < GRACE)
		ukarch_relax();
}

/* Where nothing is, all bits read as one. */
bool kvm_debug_exit_here(void)
{
	return inl(DEBUG_EXIT) == 0;
}

static void debug_exit(int status)
{
	/* It ends QEMU at once or soon. */
	outl(DEBUG_EXIT, (uint32_t)status);
	if (kvm_debug_exit_here())
		wait_for_end();
}

static void panicked(int status)
{
	uint8_t events = status ? inb(PVPANIC) : NOBODY;

	if (events == NOBODY || !(events & PVPANIC_PANICKED))
		return;
	outb(PVPANIC, PVPANIC_PANICKED);
	wait_for_end();
}

static void acpi_off(int status UK_UNUSED)
{
	const struct acpi_facts *a = &kvm_acpi;
	volatile uint8_t *sleep = sleep_mmio;
	uint8_t v = (uint8_t)(a->s5a << SLEEP_TYPE_SHIFT | SLEEP_ENABLE);

	if (a->pm1a) {
		outw(a->pm1a, (uint16_t)(a->s5a << PM1_TYPE_SHIFT |
					 PM1_SLEEP_ENABLE));
		if (a->pm1b)
			outw(a->pm1b, (uint16_t)(a->s5b << PM1_TYPE_SHIFT |
						 PM1_SLEEP_ENABLE));
	} else if (a->sleep && a->sleep_is_io) {
		outb((uint16_t)a->sleep, v);
	} else {
		/* When the boot is refused, the boot tables reach it. */
		if (a->sleep && !pvh_paging_final())
			sleep = pvh_boot_window(a->sleep, 1);
		if (!sleep)
			return;
		*sleep = v;
	}
	wait_for_end();
}

static void keyboard_reset(int status UK_UNUSED)
{
	unsigned int n = 10000;
	uint8_t s;

	do {
		s = inb(I8042_COMMAND);
	} while (s != NOBODY && (s & I8042_BUSY) && --n != 0);
	if (s == NOBODY)
		return;
	outb(I8042_COMMAND, I8042_RESET);
	wait_for_end();
}

/* An exception that cannot be delivered resets the CPU. */
static void triple_fault(int status UK_UNUSED)
{
	static const struct {
		uint16_t limit;
		uint64_t base;
	} UK_PACKED none;

	__asm__ __volatile__("lidt %0; ud2" : : "m"(none));
}

void kvm_power_off(int status)
{
	static void (*const ways[])(int status) = {
		debug_exit, panicked, acpi_off, keyboard_reset, triple_fault,
	};
	static unsigned int next;	/* a way that faults is not retried */

	while (next < UK_ARRAY_SIZE(ways))
		ways[next++](status);
	for (;;)
		__asm__ __volatile__("cli; hlt");
}
