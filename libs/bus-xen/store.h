/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukbus_xen. */
#pragma once

/* store.c: before anything else of xenstore. 0, or -ENODEV and others. */
int store_init(void);
