/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libukvirtio: queues that share one interrupt. It says "a queue", not
 * which: everybody looks. */
#pragma once

#include <uk/errno.h>
#include <uk/plat.h>

#define QUEUES 8u

struct listeners {
	unsigned int n;
	struct {
		ukplat_irq_fn fn;
		void *arg;
	} all[QUEUES];
};

static inline int listeners_add(struct listeners *l, ukplat_irq_fn fn,
				void *arg)
{
	if (l->n == QUEUES)
		return -ENODEV;
	l->all[l->n].fn = fn;
	l->all[l->n].arg = arg;
	l->n++;
	return 0;
}

static inline void listeners_call(const struct listeners *l)
{
	unsigned int i;

	for (i = 0; i < l->n; i++)
		l->all[i].fn(l->all[i].arg);
}
