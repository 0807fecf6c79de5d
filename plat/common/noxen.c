/* SPDX-License-Identifier: BSD-3-Clause */
/* A platform that is no guest of Xen. */
#include <uk/errno.h>
#include <uk/xen.h>

int ukplat_xen_port(uint16_t other UK_UNUSED, uint32_t *port UK_UNUSED)
{
	return -ENODEV;
}

void ukplat_xen_send(uint32_t port UK_UNUSED)
{
}

int ukplat_xen_grant(uint16_t other UK_UNUSED, uint64_t pa UK_UNUSED,
		     bool write UK_UNUSED, uint32_t *ref UK_UNUSED)
{
	return -ENODEV;
}

int ukplat_xen_ungrant(uint32_t ref UK_UNUSED)
{
	return -ENODEV;
}

int ukplat_xen_store(volatile void **page UK_UNUSED, uint32_t *port UK_UNUSED)
{
	return -ENODEV;
}

void ukplat_xen_restart(void)
{
}
