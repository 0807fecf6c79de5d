/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libuknetdev: sleep-cpu.c or sleep-thread.c, where there is a
 * scheduler. */
#pragma once

#include <stdint.h>

/* Until uk_netdev_event(), or `until`; interrupts are off, before and after. */
void netdev_sleep(uint64_t until);
