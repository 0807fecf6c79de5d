/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console is a page with two rings, which a program in dom0 reads and
 * writes. Its indices are not trusted: ours is kept here. A reader that has
 * stopped reading costs a bounded wait once, never a hang. Without a ring, as
 * in dom0 and before it is mapped, the hypervisor's own log takes it, if it
 * may: of guests only where Xen was built to be debugged.
 */
#include "hypercall.h"
#include "xen.h"

#include <uk/essentials.h>

#define PATIENCE 20000u		/* turns that others get: some seconds */

static volatile struct xen_console *ring;
static uint32_t port, written, taken;
static bool stuck;

void xen_console_use(volatile struct xen_console *r, uint32_t p)
{
	written = r->out_prod;
	taken = r->in_cons;
	port = p;
	ring = r;
}

void xen_console_move(volatile struct xen_console *r)
{
	ring = r;
}

static void barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static uint32_t room(void)
{
	uint32_t used = written - ring->out_cons;

	barrier();
	return used < sizeof(ring->out) ? sizeof(ring->out) - used : 0;
}

/* Let the reader run until there is room for so much. */
static bool wait_for(uint32_t want)
{
	unsigned int n = stuck ? 1 : PATIENCE;

	while (room() < want) {
		if (n-- == 0) {
			stuck = true;
			return false;
		}
		xen_call2(XEN_SCHED_OP, XEN_SCHED_YIELD, 0);
	}
	stuck = false;
	return true;
}

static void put(char c)
{
	ring->out[written++ % sizeof(ring->out)] = c;
}

/* As much of it as there is room for, 2 for a "\n". */
static size_t fill(const char *buf, size_t len)
{
	uint32_t left = room();
	size_t n = 0;

	while (n < len && left >= 2) {
		if (buf[n] == '\n') {
			put('\r');
			left--;
		}
		put(buf[n++]);
		left--;
	}
	barrier();
	ring->out_prod = written;
	xen_event_send(port);
	return n;
}

void ukplat_console_write(const char *buf, size_t len)
{
	unsigned long flags;
	size_t n;

	if (!ring) {
		xen_call4(XEN_CONSOLE_IO, XEN_CONSOLE_WRITE, len,
			  (uintptr_t)buf, 0);
		return;
	}
	while (len) {
		if (!wait_for(2))
			return;
		flags = ukplat_irq_save();
		n = fill(buf, len);
		ukplat_irq_restore(flags);
		buf += n;
		len -= n;
	}
}

size_t ukplat_console_read(char *buf, size_t len)
{
	uint32_t there;
	size_t n;

	if (!ring)
		return 0;
	there = ring->in_prod - taken;
	barrier();
	if (there > sizeof(ring->in))	/* rubbish: as if nothing were there */
		return 0;
	for (n = 0; n < len && n < there; n++)
		buf[n] = ring->in[taken++ % sizeof(ring->in)];
	if (n) {
		barrier();
		ring->in_cons = taken;
		xen_event_send(port);
	}
	return n;
}

void xen_console_flush(void)
{
	if (ring)
		(void)wait_for(sizeof(ring->out));
}
