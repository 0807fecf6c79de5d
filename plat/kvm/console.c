/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console: a 16550 at COM1, polled. A missing or stuck one costs a bounded
 * wait once, never a hang.
 */
#include "device.h"
#include "kvm.h"

#include <uk/arch/cpu.h>
#include <uk/arch/io.h>

#define COM1 0x3f8
#define RBR (COM1 + 0)		/* read: received byte */
#define THR (COM1 + 0)		/* write: byte to send */
#define DLL (COM1 + 0)		/* divisor, while LCR_DLAB is set */
#define IER (COM1 + 1)
#define DLM (COM1 + 1)
#define IIR (COM1 + 2)
#define FCR (COM1 + 2)
#define LCR (COM1 + 3)
#define MCR (COM1 + 4)
#define LSR (COM1 + 5)

#define FCR_ENABLE_CLEAR 0x07
#define IIR_FIFO 0xc0
#define LCR_8N1 0x03
#define LCR_DLAB 0x80
#define MCR_DTR_RTS 0x03
#define LSR_DATA 0x01
#define LSR_THR_EMPTY 0x20
#define LSR_ALL_SENT 0x40
#define LSR_NONE 0xff		/* nobody answers at this port */

#define DIVISOR_115200 1
#define FIFO_DEPTH 16
/* A full FIFO takes 1.4 ms; a port access at least some 100 ns. A virtual one
 * may wait for its reader, so be patient: about a second. */
#define PATIENCE 1000000u

static unsigned int burst;	/* bytes that an empty transmitter takes */
static bool stuck;		/* did not become ready in time */

void pvh_console_init(void)
{
	outb(IER, 0);
	outb(LCR, LCR_DLAB);
	outb(DLL, DIVISOR_115200);
	outb(DLM, 0);
	outb(LCR, LCR_8N1);
	outb(FCR, FCR_ENABLE_CLEAR);
	outb(MCR, MCR_DTR_RTS);
	if (inb(LSR) == LSR_NONE)
		return;
	burst = (inb(IIR) & IIR_FIFO) == IIR_FIFO ? FIFO_DEPTH : 1;
}

/* Wait for a bit of LSR; false: it does not come. */
static bool wait_for(uint8_t bit)
{
	unsigned int n = stuck ? 1 : PATIENCE;

	do {
		if (inb(LSR) & bit) {
			stuck = false;
			return true;
		}
		ukarch_relax();
	} while (--n != 0);
	stuck = true;
	return false;
}

/* Send what fits an empty transmitter; returns how much of buf that was. The
 * "\r" before a "\n" takes a place of its own, maybe in the burst before. */
static size_t send(const char *buf, size_t len)
{
	static bool returned;
	const char *p = buf, *end = buf + len;
	unsigned int room;
	bool r = returned;

	for (room = burst; room != 0 && p != end; room--) {
		if (*p == '\n' && !r) {
			outb(THR, '\r');
			r = true;
			continue;
		}
		outb(THR, (uint8_t)*p++);
		r = false;
	}
	returned = r;
	return (size_t)(p - buf);
}

void ukplat_console_write(const char *buf, size_t len)
{
	unsigned long flags;
	size_t n;

	while (burst != 0 && len != 0) {
		if (!wait_for(LSR_THR_EMPTY))
			return;
		/* An interrupt that prints may have filled the FIFO again. */
		flags = ukplat_irq_save();
		n = (inb(LSR) & LSR_THR_EMPTY) ? send(buf, len) : 0;
		ukplat_irq_restore(flags);
		buf += n;
		len -= n;
	}
}

size_t ukplat_console_read(char *buf, size_t len)
{
	size_t n = 0;

	while (burst != 0 && n < len && (inb(LSR) & LSR_DATA))
		buf[n++] = (char)inb(RBR);
	return n;
}

void kvm_console_flush(void)
{
	if (burst != 0)
		(void)wait_for(LSR_ALL_SENT);
}
