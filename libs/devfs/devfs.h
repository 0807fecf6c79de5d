/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libdevfs. */
#pragma once

#include <uk/vfs.h>

/* A device: its operations are read and write; a name of constant storage,
 * the number that Linux gives it. */
struct device {
	const char *name;
	unsigned int major, minor;
	const struct uk_node_ops *ops;
};

extern const struct device memory_devices[3];
extern const struct device random_devices[2];

/* Devices stay: nothing to do. */
void device_close(struct uk_node *node);
