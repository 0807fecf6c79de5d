/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Buffers for frames: a fixed number, of one size, allocated at boot in memory
 * that devices may reach. What is known of a buffer lies elsewhere, beyond
 * their reach. Thread context, no locking: one thread does the networking.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Bytes of a buffer; the frame begins somewhere behind its start, so that a
 * driver can put a header of its own in front. */
#define UK_NETBUF_SIZE 2048u
#define UK_NETBUF_HEADROOM 34u	/* IP headers are then aligned to 16 */

struct uk_netbuf {
	struct uk_netbuf *next;	/* the frame's next piece, or NULL */
	uint8_t *mem;		/* UK_NETBUF_SIZE bytes; set once */
	uint64_t pa;		/* ... as a device reaches them */
	uint16_t start, len;	/* of the frame, or of this piece of it */
	uint16_t index;		/* which one of all, from 0; set once */
	uint16_t given;		/* bool: somebody has it */

	/* Of a frame's first piece. To be sent (netdev.h: can): */
	uint16_t sum_from;	/* the checksum of all from here on ... */
	uint16_t sum_at;	/* ... is put so far behind that; 0: it is done.
				 * There stands the pseudo header's sum. */
	uint16_t segment;	/* bytes behind the headers in each of the
				 * frames that are made of this one; 0: one */
	uint16_t head;		/* ... and bytes of its headers */
	/* Received: the device says that TCP's or UDP's checksum is right, and
	 * the configuration that it is believed. */
	uint16_t checked;
};

static inline uint8_t *uk_netbuf_data(const struct uk_netbuf *b)
{
	return b->mem + b->start;
}

/* How many there are: CONFIG_LIBUKNETDEV_BUFFERS, 0 before init class dev or
 * where there was no memory. */
unsigned int uk_netbuf_count(void);
/* How many are free now. */
unsigned int uk_netbuf_free_count(void);

/* A free one, empty, with the headroom; NULL: there is none. */
struct uk_netbuf *uk_netbuf_alloc(void);
/* Give a frame back, all its pieces. One that is free already crashes the
 * image. */
void uk_netbuf_free(struct uk_netbuf *b);
