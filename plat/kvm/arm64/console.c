/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console: Arm's PL011 (DDI 0183), as the loader or the monitor set its
 * rate. Polled; whoever is slow to read it holds nobody up for good.
 */
#include "virt.h"

#include <uk/arch/cpu.h>

#define DR 0x00			/* data */
#define FR 0x18			/* flags */
#define LCRH 0x2c
#define CR 0x30
#define IMSC 0x38		/* interrupts that are let through */

#define FR_BUSY (1u << 3)
#define FR_RX_EMPTY (1u << 4)
#define FR_TX_FULL (1u << 5)
#define LCRH_8N1_FIFO 0x70
#define CR_ON 0x301		/* sender and receiver */

/* Reads of a register, some 100 ns each at least: about a second. */
#define PATIENCE 1000000u

static volatile uint8_t *uart;
static bool stuck;		/* did not become ready in time */

static uint32_t get(unsigned int reg)
{
	return *(volatile uint32_t *)(uart + reg);
}

static void put(unsigned int reg, uint32_t v)
{
	*(volatile uint32_t *)(uart + reg) = v;
}

void kvm_console_set(volatile void *at)
{
	uart = at;
	if (!uart)
		return;
	put(IMSC, 0);
	put(LCRH, LCRH_8N1_FIFO);
	put(CR, CR_ON);
}

/* Wait until a flag is down; false: it stays. */
static bool wait_for(uint32_t flag)
{
	unsigned int n = stuck ? 1 : PATIENCE;

	do {
		if (!(get(FR) & flag)) {
			stuck = false;
			return true;
		}
		ukarch_relax();
	} while (--n != 0);
	stuck = true;
	return false;
}

void ukplat_console_write(const char *buf, size_t len)
{
	size_t i;

	for (i = 0; uart && i < len; i++) {
		if (!wait_for(FR_TX_FULL))
			return;
		if (buf[i] == '\n') {
			put(DR, '\r');
			if (!wait_for(FR_TX_FULL))
				return;
		}
		put(DR, (uint8_t)buf[i]);
	}
}

size_t ukplat_console_read(char *buf, size_t len)
{
	size_t n = 0;

	while (uart && n < len && !(get(FR) & FR_RX_EMPTY))
		buf[n++] = (char)get(DR);
	return n;
}

void kvm_console_flush(void)
{
	if (uart)
		(void)wait_for(FR_BUSY);
}
