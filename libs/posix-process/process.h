/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_process. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/task.h>

/* Somebody who has not blocked these signals, the caller before others. */
struct uk_task *process_taker(uint64_t signals);
/* Signals that wait for t, or for anybody, and that it takes. */
uint64_t process_pending(const struct uk_task *t);
