/* SPDX-License-Identifier: BSD-3-Clause */
/* What of the mechanism is on: Kconfig says so in an image, -D on the host. */
#pragma once

#include <uk/config.h>

#ifdef CONFIG_LIBUKALLOCHARD_RANDOM	/* which free slot a request gets */
#define HARD_RANDOM 1
#else
#define HARD_RANDOM 0
#endif
#ifdef CONFIG_LIBUKALLOCHARD_CANARY	/* a word behind every block */
#define HARD_CANARY 8u
#else
#define HARD_CANARY 0u
#endif
#ifdef CONFIG_LIBUKALLOCHARD_ZERO	/* clear what is freed */
#define HARD_ZERO 1
#else
#define HARD_ZERO 0
#endif
#ifdef CONFIG_LIBUKALLOCHARD_CHECK	/* and look again when it is reused */
#define HARD_CHECK 1
#else
#define HARD_CHECK 0
#endif
/* Slots of a class, and large blocks, that wait in line before they come back
 * (powers of two, 0: none). */
#ifndef CONFIG_LIBUKALLOCHARD_QUARANTINE
#define CONFIG_LIBUKALLOCHARD_QUARANTINE 0
#endif
#define HARD_FIFO CONFIG_LIBUKALLOCHARD_QUARANTINE
/* One in so many small requests gets pages of its own (0: none). */
#ifndef CONFIG_LIBUKALLOCHARD_SAMPLE
#define CONFIG_LIBUKALLOCHARD_SAMPLE 0
#endif
#define HARD_SAMPLE CONFIG_LIBUKALLOCHARD_SAMPLE

/* Clearing is what the look relies on. */
_Static_assert(HARD_ZERO || !HARD_CHECK, "CHECK needs ZERO");
