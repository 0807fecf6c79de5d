/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/alloc.h>
#include <uk/assert.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/netbuf.h>
#include <uk/print.h>
#include <uk/vm.h>

static struct uk_netbuf *first_free;
static unsigned int n_all, n_free;

unsigned int uk_netbuf_count(void)
{
	return n_all;
}

unsigned int uk_netbuf_free_count(void)
{
	return n_free;
}

struct uk_netbuf *uk_netbuf_alloc(void)
{
	struct uk_netbuf *b = first_free;

	if (!b)
		return NULL;
	first_free = b->next;
	n_free--;
	b->next = NULL;
	b->start = UK_NETBUF_HEADROOM;
	b->len = 0;
	b->given = 1;
	b->sum_at = 0;
	b->segment = 0;
	b->checked = 0;
	return b;
}

void uk_netbuf_free(struct uk_netbuf *b)
{
	struct uk_netbuf *next;

	for (; b; b = next) {
		if (unlikely(!b->given))
			UK_CRASH("network buffer %u freed that is free already",
				 b->index);
		next = b->next;
		b->given = 0;
		b->next = first_free;
		first_free = b;
		n_free++;
	}
}

/* Before the drivers (class dev), which fill their queues. */
static int start(void)
{
	const unsigned int n = CONFIG_LIBUKNETDEV_BUFFERS;
	struct uk_netbuf *all = uk_calloc(NULL, n, sizeof(*all));
	uint8_t *mem;
	uint64_t pa;
	unsigned int i;

	mem = uk_vm_alloc("netbuf", (size_t)n * UK_NETBUF_SIZE,
			  UK_MEM_R | UK_MEM_W,
			  UK_VM_CONTIGUOUS | UK_VM_GUARD_BELOW |
			  UK_VM_GUARD_ABOVE);
	if (!all || !mem) {
		uk_free(NULL, all);
		if (mem)
			(void)uk_vm_free(mem);
		uk_pr_err("no memory for %u network buffers (%u KiB in one "
			  "piece): no network\n", n, n * UK_NETBUF_SIZE / 1024);
		return 0;
	}
	pa = uk_vm_phys(mem);
	for (i = n; i-- > 0;) {
		all[i].mem = mem + (size_t)i * UK_NETBUF_SIZE;
		all[i].pa = pa + (size_t)i * UK_NETBUF_SIZE;
		all[i].index = (uint16_t)i;
		all[i].given = 1;
		uk_netbuf_free(&all[i]);
	}
	n_all = n;
	return 0;
}
uk_bus_initcall(start);
