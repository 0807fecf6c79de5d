/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What came stays where it came in, as long as these are few: the device's
 * buffers, and lwIP's heap, are for what is on its way. More is copied into
 * memory from the allocator, of which there is a window's worth a connection.
 */
#include <lwip/pbuf.h>
#include <uk/alloc.h>
#include <uk/config.h>
#include <uk/essentials.h>
#include "inet.h"

#define HELD_MOST (CONFIG_LIBUKNETDEV_BUFFERS / 8)

struct copy {
	struct pbuf_custom p;
	char data[];
};

static unsigned int n_held;

static void copy_free(struct pbuf *p)
{
	uk_free(NULL, uk_container_of(p, struct copy, p.pbuf));
}

static bool is_copy(const struct pbuf *p)
{
	const struct pbuf_custom *c = (const struct pbuf_custom *)p;

	return p->flags & PBUF_FLAG_IS_CUSTOM &&
	       c->custom_free_function == copy_free;
}

struct pbuf *inet_keep(struct pbuf *p)
{
	struct copy *c = NULL;
	u16_t len = p->tot_len;

	if (n_held + pbuf_clen(p) > HELD_MOST)
		c = uk_malloc(NULL, sizeof(*c) + len);
	if (!c) {
		n_held += pbuf_clen(p);
		return p;
	}
	pbuf_copy_partial(p, c->data, len, 0);
	pbuf_free(p);
	c->p.custom_free_function = copy_free;
	return pbuf_alloced_custom(PBUF_RAW, len, PBUF_REF, &c->p, c->data,
				   len);
}

void inet_let_go(struct pbuf *p)
{
	if (!is_copy(p))
		n_held -= pbuf_clen(p);
	pbuf_free(p);
}
