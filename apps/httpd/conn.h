/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <lwip/tcp.h>

/* For tcp_accept(): serves the client until one of both has enough. */
err_t conn_accept(void *arg, struct tcp_pcb *pcb, err_t err);
