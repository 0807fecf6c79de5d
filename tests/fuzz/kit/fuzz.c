/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A kit and an image that nobody vouches for, through all that relink does with
 * them. Input: length of the kit (4 bytes), kit, image. The checksum of the
 * image in the kit is made right, or nothing would get past it.
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include "relink.h"

const char *tool = "fuzz";
static jmp_buf refused;

void die(const char *file, const char *fmt, ...)
{
	(void)file;
	(void)fmt;
	longjmp(refused, 1);
}

void *must(void *p)
{
	if (!p)
		die("memory", "not enough");
	return p;
}

void *file_room(size_t size)
{
	return must(calloc(1, size + 1));
}

struct file file_read(const char *name)
{
	die(name, "not here");
}

/* What a run holds, to be freed however it ends; what dies in the middle of a
 * function loses that function's. */
static struct {
	struct order order;
	struct elf image;
	uint32_t *scratch;
	uint8_t *old, *new, *out;
} held;

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

static struct file copy(const uint8_t *data, size_t size)
{
	struct file f = { .name = "input", .size = size };

	f.data = must(aligned_alloc(16, (size + 16) & ~(size_t)15));
	memcpy(f.data, data, size);
	return f;
}

static void relink(const uint8_t *image, size_t len)
{
	struct seed seed = seed_from("fuzz", 4, 0);
	struct order *o = &held.order;
	struct elf *e = &held.image;
	struct shuffle_random random;
	uint32_t key[8];

	e->file = copy(image, len);
	*e = elf_open(e->file);
	if (o->file.size >= sizeof(struct kit_head))
		((struct kit_head *)o->file.data)->sum = image_sum(e);
	if (shuffle_open(&o->kit, o->file.data, o->file.size) ||
	    o->kit.head.span > 1u << 20)
		return;
	o->to = must(calloc(o->kit.head.pieces + 1ul, 2 * sizeof(*o->to)));
	held.scratch = must(calloc(o->kit.head.pieces + 1ul +
				   o->kit.head.parts, sizeof(uint32_t)));
	memcpy(key, seed.key, sizeof(key));
	shuffle_random_init(&random, key);
	if (!shuffle_draw(&o->kit, &random, o->to, held.scratch))
		return;
	held.old = memory_load(e, o);
	held.new = must(malloc(o->kit.head.loaded + 16ul));
	memcpy(held.new, held.old, o->kit.head.loaded);
	stray_count(e, o, held.old);
	if (!shuffle_apply(&o->kit, o->to, held.old, held.new, NULL))
		return;
	relr_move(o, held.old, held.new);
	held.out = must(malloc(len));
	memcpy(held.out, image, len);
	memory_store(e, o, held.new, held.out);
	twin_symbols(e, o, held.out);
	memory_note(e, &seed, held.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t len;

	if (size < sizeof(len))
		return 0;
	memcpy(&len, data, sizeof(len));
	data += sizeof(len);
	size -= sizeof(len);
	if (len > size)
		return 0;
	held.order.file = copy(data, len);
	if (!setjmp(refused))
		relink(data + len, size - len);
	free(held.order.file.data);
	free(held.image.file.data);
	free(held.order.to);
	free(held.scratch);
	free(held.old);
	free(held.new);
	free(held.out);
	memset(&held, 0, sizeof(held));
	return 0;
}
