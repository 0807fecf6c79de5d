/* SPDX-License-Identifier: BSD-3-Clause */
/* What lwIP wants to know of compiler and machine. */
#pragma once

#include <stdint.h>
#include <uk/essentials.h>


/* One instruction each, instead of a call */
#define lwip_htons(x) __builtin_bswap16((uint16_t)(x))
#define lwip_htonl(x) __builtin_bswap32((uint32_t)(x))

uint32_t uk_lwip_random(void);
#define LWIP_RAND() uk_lwip_random()
/* Cheap: for one in every packet. */
uint16_t uk_lwip_random16(void);

/* The sum of RFC 1071, not inverted, in the order of the bytes in memory. */
uint16_t uk_lwip_checksum(const void *data, int len);

/* Said without the message: the place is enough, and half the size. */
UK_NORETURN void uk_lwip_assert_failed(const char *file, int line);
#define LWIP_PLATFORM_ASSERT(message) \
	uk_lwip_assert_failed(__BASENAME__, __LINE__)
#define LWIP_PLATFORM_DIAG(message) do { } while (0)

#ifndef __BASENAME__
#define __BASENAME__ "lwip"
#endif
