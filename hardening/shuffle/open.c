/* SPDX-License-Identifier: BSD-3-Clause */
/* A kit taken apart and checked, once, before anything is done with it. */
#include "shuffle.h"

static bool long_number(const uint8_t **at, const uint8_t *end, uint32_t *out)
{
	uint64_t v = 0;
	unsigned int shift = 0;

	do {
		if (*at == end || shift > 28)
			return false;
		v |= (uint64_t)(**at & 0x7f) << shift;
		shift += 7;
	} while (*(*at)++ & 0x80);
	*out = (uint32_t)v;
	return v <= UINT32_MAX;
}

static inline bool number(const uint8_t **at, const uint8_t *end,
			  uint32_t *out)
{
	/* Most are of one byte. */
	if (*at != end && **at < 0x80) {
		*out = *(*at)++;
		return true;
	}
	return long_number(at, end, out);
}

/* Bytes of a kit with this head, 0 if no kit has them. */
static uint64_t size_of(const struct kit_head *h)
{
	const uint32_t most = 1u << 24;

	if (h->zones > most || h->parts > most || h->pieces > most)
		return 0;
	return sizeof(*h) + (uint64_t)h->zones * sizeof(struct kit_zone) +
	       (uint64_t)h->parts * sizeof(struct kit_part) +
	       (uint64_t)h->pieces * sizeof(struct kit_piece) + h->fields;
}

static const char *check_piece(const struct kit_zone *z,
			       const struct kit_piece *p)
{
	if ((p->size_align & 15) > KIT_MAX_ALIGN)
		return "a piece is aligned to more than a page";
	if (p->at < z->at || p->at - z->at > z->len ||
	    KIT_SIZE(p) > z->len - (p->at - z->at))
		return "a piece is not in its zone";
	return NULL;
}

static const char *check_pieces(const struct shuffle_kit *k)
{
	const struct kit_piece *p = k->pieces, *end = p + k->head.pieces;
	const struct kit_part *part = k->parts;
	const struct kit_part *parts_end = part + k->head.parts;
	const char *why = NULL;

	for (uint32_t z = 0; z < k->head.zones && !why; z++) {
		for (uint32_t i = 0; i < k->zones[z].parts && !why; i++) {
			if (part == parts_end || part->pieces > end - p)
				return "there are fewer pieces than named";
			for (uint32_t n = part++->pieces; n && !why; n--)
				why = check_piece(&k->zones[z], p++);
		}
	}
	if (!why && (part != parts_end || p != end))
		why = "a piece is in no zone";
	return why;
}

static const char *check_zones(const struct shuffle_kit *k)
{
	const struct kit_head *h = &k->head;
	uint32_t free = 0;

	for (uint32_t i = 0; i < h->zones; i++) {
		const struct kit_zone *z = &k->zones[i];
		uint32_t limit = z->zero ? h->span : h->loaded;

		if (z->at < free || z->at > limit || z->len > limit - z->at)
			return "a zone is outside of the image or in another";
		if (z->align > KIT_MAX_ALIGN || z->zero > 1)
			return "a zone is of no known kind";
		free = z->at + z->len;
	}
	return NULL;
}

/* Room of a piece for fields: those of zero-initialised zones have none. */
static uint32_t room(const struct shuffle_kit *k, uint32_t piece)
{
	uint32_t at;

	if (!piece)
		return k->head.loaded;
	at = k->pieces[piece - 1].at;
	if (at > k->head.loaded ||
	    KIT_SIZE(&k->pieces[piece - 1]) > k->head.loaded - at)
		return 0;
	return KIT_SIZE(&k->pieces[piece - 1]);
}

static inline const char *check_field(const struct shuffle_kit *k,
				      const uint8_t **at, uint32_t piece,
				      uint32_t room, uint64_t *pos)
{
	uint32_t where, target, kind;
	int64_t index;

	if (!number(at, k->fields_end, &where) ||
	    !number(at, k->fields_end, &target))
		return "a field is cut off";
	kind = where & 3;
	*pos += (where >> 2) + (kind == KIT_ABS64 ? 8 : 4);
	if (*pos > room)
		return "a field is outside of its piece";
	index = target >> 1;
	index = piece + (target & 1 ? ~index : index);
	if (index < 0 || index > k->head.pieces)
		return "a field points to no piece";
	return NULL;
}

static const char *check_fields(const struct shuffle_kit *k)
{
	const uint8_t *at = k->fields;
	const char *why;
	uint32_t n;

	for (uint32_t piece = 0; piece <= k->head.pieces; piece++) {
		uint32_t most = room(k, piece);
		uint64_t pos = 0;

		if (!number(&at, k->fields_end, &n))
			return "the fields are cut off";
		while (n--) {
			why = check_field(k, &at, piece, most, &pos);
			if (why)
				return why;
		}
	}
	return at == k->fields_end ? NULL : "there are bytes behind the fields";
}

const char *shuffle_open(struct shuffle_kit *k, const void *kit, size_t len)
{
	const struct kit_head *h = kit;
	const char *why;

	if (len < sizeof(*h))
		return "too short";
	if (h->magic != KIT_MAGIC || h->version != KIT_VERSION)
		return "not a kit of this version";
	if (size_of(h) != len)
		return "not as long as it says";
	if (h->span > KIT_MAX_SPAN || h->loaded > h->span)
		return "the image is too large";
	if (h->relr > h->loaded || h->relr_len > h->loaded - h->relr ||
	    h->relr_len % 8)
		return "relocations outside of the image";
	shuffle_view(k, kit);
	why = check_zones(k);
	if (!why)
		why = check_pieces(k);
	return why ? why : check_fields(k);
}
