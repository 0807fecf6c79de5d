/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/config.h>
#include <uk/crash.h>
#include <uk/essentials.h>
#include <uk/heap.h>
#include <uk/init.h>
#include <uk/print.h>
#include <uk/vm.h>

#define STEP_MIN ((size_t)32 << 10)
#define STEP_MAX ((size_t)CONFIG_LIBUKALLOC_STEP_KIB << 10)

static size_t heap_limit;	/* bytes that the heap may hold at most */
static size_t heap_taken;	/* bytes that it holds */

void *uk_heap_take(const char *name, size_t len)
{
	void *p;

	if (len > heap_limit - heap_taken)
		return NULL;
	p = uk_vm_alloc(name, len, UK_MEM_R | UK_MEM_W,
			UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);
	if (p)
		heap_taken += len;
	return p;
}

void uk_heap_give(void *base, size_t len)
{
	int rc = uk_vm_free(base);

	if (unlikely(rc || len > heap_taken))
		uk_crash(UK_DEATH_HEAP, "%zu bytes that the heap does not hold"
			 " were given back (error %d)", len, rc);
	heap_taken -= len;
}

void *uk_heap_reserve(const char *name, size_t len)
{
	return uk_vm_reserve(name, len);
}

bool uk_heap_commit(void *at, size_t len)
{
	if (len > heap_limit - heap_taken || uk_vm_commit(at, len))
		return false;
	heap_taken += len;
	return true;
}

void uk_heap_decommit(void *at, size_t len)
{
	int rc = uk_vm_decommit(at, len);

	if (unlikely(rc || len > heap_taken))
		uk_crash(UK_DEATH_HEAP, "%zu bytes that the heap does not hold"
			 " were given back (error %d)", len, rc);
	heap_taken -= len;
}

void uk_heap_release(void *base)
{
	int rc = uk_vm_free(base);

	if (unlikely(rc))
		uk_crash(UK_DEATH_HEAP, "address space that the heap does not"
			 " hold was given back (error %d)", rc);
}

size_t uk_heap_left(void)
{
	return UK_MIN(heap_limit - heap_taken, uk_vm_available());
}

size_t uk_heap_step(size_t need)
{
	size_t most = UK_MIN(STEP_MAX, heap_limit / 8);
	size_t step = UK_MAX(STEP_MIN, UK_MIN(heap_taken, most));
	size_t left;

	if (need >= step)
		return need;
	left = UK_ALIGN_DOWN(uk_heap_left(), UK_PAGE_SIZE);
	return UK_MAX(need, UK_MIN(UK_ALIGN_DOWN(step, UK_PAGE_SIZE), left));
}

static int heap_init(void)
{
	size_t all = uk_vm_available();
	size_t reserve = all / 100 * CONFIG_LIBUKALLOC_RESERVE_PERCENT;

	heap_limit = UK_ALIGN_DOWN(all - reserve, UK_PAGE_SIZE);
	uk_pr_debug("heap: at most %zu KiB, leaves %zu KiB\n",
		    heap_limit >> 10, (all - heap_limit) >> 10);
	return 0;
}
/* Before any allocator registers. */
UK_INIT_ENTRY("1alloc", 0, heap_init);
