/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a guest of Xen provides, beside <uk/plat.h>: pages and events that it
 * shares with other domains, and the ring of xenstore. Any other platform
 * returns -ENODEV. For libukbus_xen and its drivers.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/plat.h>

/* A new port, for domain `other` to bind to; a line of ukplat_irq_register().
 * -ENODEV; -ENOSPC. Thread context. */
int ukplat_xen_port(uint16_t other, uint32_t *port);
/* Tell who is at the other end of it. Any context. */
void ukplat_xen_send(uint32_t port);

/*
 * Let domain `other` read, and write if it shall, the page at physical address
 * pa, which holds nothing else; *ref is what it is told. -ENODEV; -ENOSPC.
 * Until ukplat_xen_ungrant(), which is -EBUSY while the other has it mapped.
 */
int ukplat_xen_grant(uint16_t other, uint64_t pa, bool write, uint32_t *ref);
int ukplat_xen_ungrant(uint32_t ref);

/* The page that is shared with xenstore, and the port; -ENODEV: there is none.
 * What stands there is not trusted. */
int ukplat_xen_store(volatile void **page, uint32_t *port);

/* The end of this domain, when it comes, asks for a new start. */
void ukplat_xen_restart(void);
