/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside libposix_mmap: what is mapped. A piece is what a program may use of
 * an area, which is what one mmap() took from the address space. Unmapping a
 * part leaves smaller pieces; the area goes with the last of its pieces.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct area {
	void *base;
	size_t pieces;
};

struct piece {
	uintptr_t start, end;	/* page-aligned */
	struct area *area;
};

/* Sorted, none overlaps another. */
extern struct piece *pieces;
extern size_t n_pieces;

/* Index of the first piece that ends behind va; n_pieces if none does. */
size_t piece_find(uintptr_t va);
/* One more, right before index i; false: no memory. */
bool piece_insert(size_t i, struct piece p);
void piece_remove(size_t i);
/* All of [start, end) belongs to pieces? */
bool piece_covers(uintptr_t start, uintptr_t end);

/* -ENOMEM, nothing changed; else a new piece of len bytes, rights UK_MEM_*
 * (0: none). Its address, or a negative errno. */
long map_new(size_t len, unsigned int rights);
/* The same with what is in a file from offset on. shared: what is written to
 * the one shall be seen in the other, which is -ENODEV. -EBADF, -ENODEV: no
 * file that could be mapped. -EINVAL: offset. */
long map_file(size_t len, unsigned int rights, bool shared, int fd,
	      int64_t offset);
/* No piece is in [start, end) any more: 0 or -errno. */
int map_drop(uintptr_t start, uintptr_t end);
