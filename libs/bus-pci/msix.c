/* SPDX-License-Identifier: BSD-3-Clause */
/* MSI-X: a table in one of the device's windows says which message each of
 * its vectors sends. */
#include <uk/errno.h>
#include <uk/pcibus.h>

#define CAP_LEN 12
#define CAP_CONTROL 2
#define CAP_TABLE 4
#define CONTROL_SIZE 0x7ffu
#define CONTROL_MASK (1u << 14)
#define CONTROL_ON (1u << 15)
#define TABLE_BAR 0x7u

enum { ADDRESS, ADDRESS_HIGH, DATA, CONTROL, WORDS };
#define VECTOR_MASKED 1u

int uk_pci_msix_open(const struct uk_pci_dev *dev, struct uk_pci_msix *m)
{
	int at = uk_pci_cap(dev, UK_PCI_CAP_MSIX, 0, CAP_LEN), rc;
	uint32_t control, where;
	volatile void *va;
	unsigned int i;

	if (at < 0)
		return at;
	control = uk_pci_get(dev, (unsigned int)at + CAP_CONTROL, 2);
	where = uk_pci_get(dev, (unsigned int)at + CAP_TABLE, 4);
	m->n = (control & CONTROL_SIZE) + 1;
	rc = uk_pci_map(dev, "msix", where & TABLE_BAR, where & ~TABLE_BAR,
			m->n * WORDS * sizeof(uint32_t), &va);
	if (rc)
		return rc;
	m->table = va;
	for (i = 0; i < m->n; i++)
		m->table[i * WORDS + CONTROL] = VECTOR_MASKED;
	uk_pci_set(dev, (unsigned int)at + CAP_CONTROL, 2,
		   ((control & ~CONTROL_MASK) | CONTROL_ON) & 0xffff);
	return 0;
}

int uk_pci_msix_vector(const struct uk_pci_msix *m, unsigned int i,
		       ukplat_irq_fn fn, void *arg)
{
	volatile uint32_t *v = m->table + i * WORDS;
	struct ukplat_msi msi;
	int rc;

	if (i >= m->n)
		return -EINVAL;
	rc = ukplat_msi_register(fn, arg, &msi);
	if (rc)
		return rc;
	v[CONTROL] = VECTOR_MASKED;
	v[ADDRESS] = (uint32_t)msi.address;
	v[ADDRESS_HIGH] = (uint32_t)(msi.address >> 32);
	v[DATA] = msi.data;
	v[CONTROL] = 0;
	return 0;
}
