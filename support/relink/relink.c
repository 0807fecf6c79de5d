/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * relink: a new order of libraries, functions and data for a finished image,
 * from the image and its kit, without source, compiler or linker. See
 * docs/relink.md.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "relink.h"

/* Orders of a seed. */
#define TRIES 10

const char *tool = "relink";

static const char usage[] =
	"usage: relink [OPTION]... KIT IMAGE OUT\n"
	"  -s SEED    any text; the same seed gives the same bits\n"
	"  -r         draw a seed, and print it\n"
	"  -n NUMBER  for the NUMBERth deployment of this seed (0)\n"
	"  -m FILE    write what went where, for decoding crashes\n"
	"  -k FILE    write the kit of the new image\n"
	"  -d FILE    IMAGE is a .dbg twin, FILE its debug kit\n";

struct options {
	const char *seed, *layout, *new_kit, *debug;
	uint64_t nr;
	bool draw;
};

static void bad_usage(void)
{
	fputs(usage, stderr);
	exit(2);
}

static struct options parse(int argc, char **argv)
{
	struct options o = { 0 };
	char *end;
	int c;

	while ((c = getopt(argc, argv, "s:rn:m:k:d:")) != -1) {
		switch (c) {
		case 's':
			o.seed = optarg;
			break;
		case 'r':
			o.draw = true;
			break;
		case 'n':
			errno = 0;
			o.nr = strtoull(optarg, &end, 10);
			if (errno || *end || *optarg < '0' || *optarg > '9')
				bad_usage();
			break;
		case 'm':
			o.layout = optarg;
			break;
		case 'k':
			o.new_kit = optarg;
			break;
		case 'd':
			o.debug = optarg;
			break;
		default:
			bad_usage();
		}
	}
	if (argc - optind != 3 || !o.seed == !o.draw || (o.seed && !*o.seed))
		bad_usage();
	return o;
}

static struct order open_kit(const char *name)
{
	struct order o = { .file = file_read(name) };
	const char *why = shuffle_open(&o.kit, o.file.data, o.file.size);

	if (why)
		die(name, "%s", why);
	o.to = must(calloc(2 * (o.kit.head.pieces + 1ul), sizeof(*o.to)));
	return o;
}

static void draw(struct order *o, const struct seed *seed)
{
	size_t words = o->kit.head.pieces + 1ul + o->kit.head.parts;
	uint32_t key[8], *scratch = must(calloc(words, sizeof(*scratch)));
	struct shuffle_random random;

	memcpy(key, seed->key, sizeof(key));
	shuffle_random_init(&random, key);
	if (!shuffle_draw(&o->kit, &random, o->to, scratch))
		die(o->file.name, "no order found that fits: raise "
		    "CONFIG_RELINK_SPARE");
	free(scratch);
}

static void reorder(const struct elf *e, const struct order *o,
		    const uint8_t *old, uint8_t *new)
{
	memcpy(new, old, o->kit.head.loaded);
	if (!shuffle_apply(&o->kit, o->to, old, new, NULL))
		die(e->file.name, "an address does not fit into its field");
	relr_move(o, old, new);
}

/* Where the order of a seed has bytes that are forbidden, that of the seed
 * with /1 behind it is taken, and so on: as certain as the seed itself. */
static struct seed place(const struct elf *e, struct order *o,
			 const struct options *opt, uint8_t *out)
{
	uint8_t *old = memory_load(e, o);
	uint8_t *new = file_room(o->kit.head.loaded);
	size_t strays = stray_count(e, o, old);
	char *text = must(malloc(strlen(opt->seed) + 16));
	struct seed seed;

	for (int i = 0; i < TRIES; i++) {
		sprintf(text, i ? "%s/%d" : "%s", opt->seed, i);
		seed = seed_from(text, strlen(text), opt->nr);
		draw(o, &seed);
		reorder(e, o, old, new);
		if (stray_count(e, o, new) > strays)
			continue;
		memory_store(e, o, new, out);
		free(text);
		return seed;
	}
	die(e->file.name, "every order of this seed has forbidden bytes: take "
	    "another");
}

int main(int argc, char **argv)
{
	struct options opt = parse(argc, argv);
	struct order o = open_kit(argv[optind]);
	struct elf e = elf_open(file_read(argv[optind + 1]));
	uint8_t *out = e.file.data;
	char drawn[65];
	struct seed seed;

	/* What names the pieces of a twin is read while it changes. */
	if (opt.debug) {
		out = file_room(e.file.size);
		memcpy(out, e.file.data, e.file.size);
	}
	if (opt.draw) {
		seed_draw(drawn);
		puts(drawn);
		opt.seed = drawn;
	}
	seed = place(&e, &o, &opt, out);
	memory_note(&e, &seed, out);
	if (opt.debug) {
		twin_debug(&e, &o, opt.debug, out);
		twin_symbols(&e, &o, out);
	}
	if (opt.new_kit)
		layout_kit(&o, &e, out, opt.new_kit);
	if (opt.layout)
		layout_write(&o, &seed, opt.layout);
	file_write(argv[optind + 2], out, e.file.size, 0755);
	return 0;
}
