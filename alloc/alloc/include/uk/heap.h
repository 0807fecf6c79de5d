/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where allocators get their memory. For code that implements struct
 * uk_alloc_ops; everybody else wants <uk/alloc.h>.
 *
 * The heap is not mapped at boot: an allocator takes a chunk when a request
 * finds nothing free, so boot costs the same with 2 MiB and with 2 TiB, and
 * what the heap never needed stays there for stacks and devices. The chunks
 * lie where core/mem puts them, with an unmapped page on either side.
 * Thread context, not interrupt-safe.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Zeroed pages, RW, guarded on both sides; NULL: no memory, or the limit (all
 * memory less the reserve) is reached. name: "heap", "heap-meta"; static. */
void *uk_heap_take(const char *name, size_t len);
/* Give back a whole piece that uk_heap_take returned, with the same len. */
void uk_heap_give(void *base, size_t len);

/* The same in two steps, as uk_vm_reserve and uk_vm_commit: address space
 * between guards first, memory for parts of it when it is needed, and back as
 * it was taken. Only memory counts for the limit. */
void *uk_heap_reserve(const char *name, size_t len);
bool uk_heap_commit(void *at, size_t len);
void uk_heap_decommit(void *at, size_t len);
void uk_heap_release(void *base);

/* Bytes that uk_heap_take can still deliver, more or less: page tables and
 * other users come off it. */
size_t uk_heap_left(void);

/*
 * How much an allocator should take at once for a request of `need` bytes
 * (page multiple): as much as the heap has now, within bounds, so that a
 * small image stays small and a large heap grows in few steps; what is left
 * when that is less; never below need.
 */
size_t uk_heap_step(size_t need);
