/* SPDX-License-Identifier: BSD-3-Clause */
/* A platform without PCI. */
#include <uk/errno.h>
#include <uk/pci.h>

int ukplat_pci_read(uint16_t bdf UK_UNUSED, unsigned int offset UK_UNUSED,
		    unsigned int width UK_UNUSED, uint32_t *v UK_UNUSED)
{
	return -ENODEV;
}

int ukplat_pci_write(uint16_t bdf UK_UNUSED, unsigned int offset UK_UNUSED,
		     unsigned int width UK_UNUSED, uint32_t v UK_UNUSED)
{
	return -ENODEV;
}

uint64_t ukplat_pci_limit(void)
{
	return 0;
}

int ukplat_msi_register(ukplat_irq_fn fn UK_UNUSED, void *arg UK_UNUSED,
			struct ukplat_msi *msi UK_UNUSED)
{
	return -ENODEV;
}
