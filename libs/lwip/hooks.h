/* SPDX-License-Identifier: BSD-3-Clause */
/* What lwIP's sources call of the port; they include this. */
#pragma once

#include <lwip/ip_addr.h>

u32_t uk_lwip_tcp_isn(const ip_addr_t *local_ip, u16_t local_port,
		      const ip_addr_t *remote_ip, u16_t remote_port);
