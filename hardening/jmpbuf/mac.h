/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libharden_jmpbuf. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct jmpbuf_key {
	uint64_t k[2];
};

/* Random from the early init class on, sealed with the image. */
extern struct jmpbuf_key jmpbuf_key;

/* SipHash-2-4 of n words, then of m more: as one message. */
uint64_t jmpbuf_mac(const struct jmpbuf_key *key, const uint64_t *words,
		    size_t n, const uint64_t *more, size_t m);
