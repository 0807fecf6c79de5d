/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <lwip/ip_addr.h>
#include "options.h"
#include "summary.h"

/*
 * Send echo requests to `to` as the options say, print each answer, and count
 * into *s. 0; -ENOMEM; -EHOSTUNREACH: no address of ours can reach it within
 * 30 seconds.
 */
int echo_run(const ip_addr_t *to, const struct options *o, struct summary *s);
