/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_mmap. */
#pragma once

/* PROT_* as UK_MEM_*: 0; -EINVAL: no such bit, -EACCES: writable and
 * executable. */
int mmap_rights(int prot, unsigned int *rights);
