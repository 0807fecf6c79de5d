/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform know of each other. Private: nobody outside
 * plat/xen includes it. Two platforms, xenpvh and xenpv, have in common:
 *
 *   console.c  the ring, and the hypervisor's log where there is none
 *   event.c    event channels; the upcall
 *   clock.c    time of the page that is shared with the hypervisor
 *   idle.c     the timer, and sleeping
 *   exit.c     shutdown with a reason and a status
 *
 * pvh/ is what plat/common asks of a machine, pv/ is the other kind of guest:
 * ring 3, and page tables that the hypervisor checks.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uk/plat.h>

#include "abi.h"

/* The page that is shared with the hypervisor; NULL until it is mapped. */
extern volatile struct xen_shared *xen_shared;

/* console.c: the ring, from now on, with the port of who reads it. The same,
 * when it is mapped elsewhere; NULL: nowhere. */
void xen_console_use(volatile struct xen_console *ring, uint32_t port);
void xen_console_move(volatile struct xen_console *ring);
/* Wait, bounded, until all is read. */
void xen_console_flush(void);

/* event.c: after the shared page is there; interrupts are off. 0 or -errno. */
int xen_event_init(void);
/* The upcall: interrupts are off. */
void xen_upcall(void);
/* Tell the other end. */
void xen_event_send(uint32_t port);

/* share.c: the table of grants and the ring of xenstore, either NULL where
 * there is none. */
int xen_share_init(volatile struct xen_grant *grants, volatile void *ring,
		   uint32_t port);

/* pvh/, pv/: the number by which other domains know the frame at pa. */
uint64_t xen_frame(uint64_t pa);

/* pvh/, pv/: sleep with interrupts on until one came; off again on return. */
void xen_wait(void);

/* Are the CPU's protection bits as they were? Those of a PV guest are the
 * hypervisor's. */
#ifdef XEN_PV
static inline void xen_watch(void)
{
}
#else
#include "machine.h"
#define xen_watch plat_watch
#endif
