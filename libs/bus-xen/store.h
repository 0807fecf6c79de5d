/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukbus_xen. */
#pragma once

/* store.c: before anything else of xenstore. 0, or -ENODEV and others. */
int xenstore_init(void);
/* From the interrupt on: whether `path` has changed, or may have. Called in
 * interrupt context, where xenstore may be asked, too. */
int xenstore_watch(const char *path, void (*changed)(void));
