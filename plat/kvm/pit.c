/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Channel 2 of the 8254 timer as a reference for the TSC. Counting down in
 * mode 0, its output rises when the count is over: a measurement that was
 * held up for longer (55 ms) shows.
 */
#include "clock.h"

#include <stddef.h>
#include <uk/arch/io.h>
#include <uk/essentials.h>

#define CHANNEL2 0x42
#define COMMAND 0x43
#define GATE 0x61
#define GATE_OPEN 0x01
#define GATE_SPEAKER 0x02

#define MODE0 0xb0		/* channel 2, low then high byte, mode 0 */
#define READ_BACK 0xc8		/* channel 2, latch count and status */
#define STATUS_OUT 0x80
#define STATUS_NULL 0x40	/* the count is not loaded yet */
#define STATUS_MODE 0x3f
#define STATUS_MODE0 (MODE0 & STATUS_MODE)

static void start(void)
{
	outb(GATE, (uint8_t)((inb(GATE) & ~GATE_SPEAKER) | GATE_OPEN));
	outb(COMMAND, MODE0);
	outb(CHANNEL2, 0xff);
	outb(CHANNEL2, 0xff);
}

static bool read(uint32_t *count)
{
	uint8_t status, lo, hi;

	outb(COMMAND, READ_BACK);
	status = inb(CHANNEL2);
	lo = inb(CHANNEL2);
	hi = inb(CHANNEL2);
	*count = 0xffffu - (uint32_t)(hi << 8 | lo);
	return (status & (STATUS_OUT | STATUS_MODE)) == STATUS_MODE0;
}

static const struct clock_ref pit = {
	.name = "PIT", .hz = 1193182, .mask = 0xffff,
	.start = start, .read = read,
};

const struct clock_ref *kvm_pit_ref(void)
{
	uint8_t status;

	/* Program it and see whether it remembers; no wait. */
	outb(COMMAND, MODE0);
	outb(COMMAND, READ_BACK | 0x20);	/* status only */
	status = inb(CHANNEL2);
	return (status & STATUS_MODE) == STATUS_MODE0 ? &pit : NULL;
}
