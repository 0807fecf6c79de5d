/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Pages and events that others share: grants in the first form of the table,
 * one page of it, the first entries of which are the toolstack's.
 */
#include "hypercall.h"
#include "xen.h"

#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/xen.h>

#define GRANTS (UK_PAGE_SIZE / sizeof(struct xen_grant))
#define RESERVED 8u

static volatile struct xen_grant *table UK_RO_AFTER_INIT_ZERO;
static volatile void *store UK_RO_AFTER_INIT_ZERO;
static uint32_t store_port UK_RO_AFTER_INIT_ZERO;

int xen_share_init(volatile struct xen_grant *grants, volatile void *ring,
		   uint32_t port)
{
	table = grants;
	store = ring;
	store_port = port;
	return 0;
}

int ukplat_xen_port(uint16_t other, uint32_t *port)
{
	struct xen_alloc_port a = { .domain = XEN_SELF, .remote = other };

	if (xen_call2(XEN_EVENT_OP, XEN_EVENT_ALLOC, (uintptr_t)&a))
		return -ENOSPC;
	*port = a.port;
	return 0;
}

void ukplat_xen_send(uint32_t port)
{
	xen_event_send(port);
}

int ukplat_xen_grant(uint16_t other, uint64_t pa, bool write, uint32_t *ref)
{
	uint64_t frame = xen_frame(pa);
	uint32_t i;

	if (!table || frame > UINT32_MAX)
		return -ENODEV;
	for (i = RESERVED; i < GRANTS && table[i].flags; i++)
		;
	if (i == GRANTS)
		return -ENOSPC;
	table[i].domain = other;
	table[i].frame = (uint32_t)frame;
	/* The flags make it count: last. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	table[i].flags = XEN_GRANT_ACCESS | (write ? 0 : XEN_GRANT_READ_ONLY);
	*ref = i;
	return 0;
}

int ukplat_xen_ungrant(uint32_t ref)
{
	uint16_t flags;

	if (!table || ref < RESERVED || ref >= GRANTS)
		return -EINVAL;
	flags = table[ref].flags;
	do {
		if (flags & (XEN_GRANT_READING | XEN_GRANT_WRITING))
			return -EBUSY;
	} while (!__atomic_compare_exchange_n(&table[ref].flags, &flags, 0,
					      false, __ATOMIC_SEQ_CST,
					      __ATOMIC_SEQ_CST));
	return 0;
}

int ukplat_xen_store(volatile void **page, uint32_t *port)
{
	if (!store)
		return -ENODEV;
	*page = store;
	*port = store_port;
	return 0;
}
