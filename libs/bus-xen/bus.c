/* SPDX-License-Identifier: BSD-3-Clause */
/* From folders in xenstore to drivers. */
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/time.h>
#include <uk/xenbus.h>
#include "store.h"

#define DRIVERS 4u
#define NAMES 256u
#define DOMAINS 0x7ff0u
#define PATIENCE_NS (10 * UK_NSEC_PER_SEC)
#define LOOK_NS (2 * UK_NSEC_PER_MSEC)

static const struct uk_xen_driver *drivers[DRIVERS] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_drivers UK_RO_AFTER_INIT_ZERO;

int uk_xen_register(const struct uk_xen_driver *drv)
{
	if (n_drivers == DRIVERS)
		return -ENOSPC;
	drivers[n_drivers++] = drv;
	return 0;
}

/* A number that is all of a value; -EINVAL: it is none, or larger than max. */
static int number(const char *folder, const char *name, uint64_t max,
		  uint64_t *v)
{
	char path[UK_XENSTORE_MAX], value[24], *s = value;
	int rc;

	uk_snprintf(path, sizeof(path), "%s/%s", folder, name);
	rc = uk_xenstore_read(path, value, sizeof(value));
	if (rc <= 0)
		return rc ? rc : -EINVAL;
	for (*v = 0; *s; s++) {
		uint64_t digit = (uint64_t)(*s - '0');

		if (digit > 9 || *v > (max - digit) / 10)
			return -EINVAL;
		*v = *v * 10 + digit;
	}
	return 0;
}

int uk_xen_number(const struct uk_xen_dev *dev, const char *name, uint64_t *v)
{
	return number(dev->back, name, UINT64_MAX, v);
}

int uk_xen_switch(const struct uk_xen_dev *dev, unsigned int state)
{
	char path[UK_XENSTORE_MAX], value[4];

	uk_snprintf(path, sizeof(path), "%s/state", dev->front);
	uk_snprintf(value, sizeof(value), "%u", state % 10);
	return uk_xenstore_write(path, value);
}

static void rest(uint64_t until)
{
	unsigned long flags = ukplat_irq_save();

	ukplat_idle(until);
	ukplat_irq_restore(flags);
}

int uk_xen_wait(const struct uk_xen_dev *dev, unsigned int state)
{
	uint64_t end = ukplat_clock_monotonic() + PATIENCE_NS, now;

	while (ukplat_clock_monotonic() < end) {
		if (number(dev->back, "state", UK_XEN_CLOSED, &now) ||
		    now >= UK_XEN_CLOSING)
			return -EIO;
		if (now >= state)
			return 0;
		rest(ukplat_clock_monotonic() + LOOK_NS);
	}
	return -ETIMEDOUT;
}

/* Where the other end is. */
static int meet(struct uk_xen_dev *dev)
{
	char path[UK_XENSTORE_MAX];
	uint64_t other;
	int rc;

	uk_snprintf(path, sizeof(path), "%s/backend", dev->front);
	rc = uk_xenstore_read(path, dev->back, sizeof(dev->back));
	if (rc < 0)
		return rc;
	rc = number(dev->front, "backend-id", DOMAINS - 1, &other);
	dev->other = (uint16_t)other;
	return rc;
}

static void start_one(const struct uk_xen_driver *drv, const char *name)
{
	struct uk_xen_dev dev;
	int rc;

	if (strlen(name) > 16)
		return;
	uk_snprintf(dev.front, sizeof(dev.front), "device/%s/%s", drv->kind,
		    name);
	rc = meet(&dev);
	if (!rc)
		rc = drv->start(&dev);
	if (rc)
		uk_pr_err("%s: not used: error %d\n", dev.front, rc);
}

static void start_all(const struct uk_xen_driver *drv)
{
	char path[32], names[NAMES], *p;
	int len;

	uk_snprintf(path, sizeof(path), "device/%s", drv->kind);
	len = uk_xenstore_list(path, names, sizeof(names));
	for (p = names; len > 0 && p < names + len; p += strlen(p) + 1)
		start_one(drv, p);
}

static int init(void)
{
	unsigned int i;
	int rc = xenstore_init();

	if (rc)
		return rc == -ENODEV ? 0 : rc;
	for (i = 0; i < n_drivers; i++)
		start_all(drivers[i]);
	return 0;
}
uk_dev_initcall(init);
