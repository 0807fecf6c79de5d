/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices of Xen's guests: each has a folder in xenstore here, the front end's,
 * and one at the domain that serves it, the back end's. Thread context.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uk/xen.h>

/*
 * xenstore. A path that begins without a slash is in this domain's own folder.
 * -ENODEV: there is none, or it does not answer. -ENOENT, -EACCES and others:
 * its own answer. -E2BIG: longer than there is room for.
 */
#define UK_XENSTORE_MAX 256	/* bytes of a path or a value */
/* The value, with a NUL behind it; returns its length. */
int uk_xenstore_read(const char *path, char *buf, size_t size);
int uk_xenstore_write(const char *path, const char *value);
/* Names in a folder, each with a NUL behind it; returns the length of all. */
int uk_xenstore_list(const char *path, char *buf, size_t size);

/* States of either end (xenbus.h of Xen's public headers). */
#define UK_XEN_INITIALISING 1
#define UK_XEN_INIT_WAIT 2
#define UK_XEN_INITIALISED 3
#define UK_XEN_CONNECTED 4
#define UK_XEN_CLOSING 5
#define UK_XEN_CLOSED 6

struct uk_xen_dev {
	char front[64], back[64];	/* folders */
	uint16_t other;			/* domain that serves it */
};

/* Called for each device of a kind ("vif"), init class dev. An error costs the
 * device, not the boot. */
struct uk_xen_driver {
	const char *kind;
	int (*start)(const struct uk_xen_dev *dev);
};

/* Init class bus. drv lives for ever. -ENOSPC: too many. */
int uk_xen_register(const struct uk_xen_driver *drv);

/* A number that the other end tells, by this name. -EINVAL: it is none. */
int uk_xen_number(const struct uk_xen_dev *dev, const char *name, uint64_t *v);
/* Say in which state this end is. */
int uk_xen_switch(const struct uk_xen_dev *dev, unsigned int state);
/* Wait until the other end is in this state, or beyond it, but not closing.
 * -ETIMEDOUT; -EIO: it is closing. */
int uk_xen_wait(const struct uk_xen_dev *dev, unsigned int state);
