/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading a kit that was checked, or that is the image's own. */
#include "shuffle.h"

void shuffle_view(struct shuffle_kit *k, const void *kit)
{
	const struct kit_head *h = &k->head;

	k->head = *(const struct kit_head *)kit;
	k->zones = (const void *)((const struct kit_head *)kit + 1);
	k->parts = (const void *)(k->zones + h->zones);
	k->pieces = (const void *)(k->parts + h->parts);
	k->fields = (const void *)(k->pieces + h->pieces);
	k->fields_end = k->fields + h->fields;
}
