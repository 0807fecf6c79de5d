/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every relocation of every section that is in the image: what the linker must
 * have written is computed again and compared, and so are all other bytes.
 * Nothing is taken from the image that the objects do not explain.
 */
#include <stdlib.h>
#include <string.h>
#include "mkkit.h"

/* What a relocation points to. */
struct target {
	uint64_t addr;
	uint32_t piece;			/* 0: it does not move */
	bool tls;
	bool absent;			/* in a section that was dropped */
};

struct global {
	const char *name;
	const struct object *object;	/* NULL: of the linker script */
	const Elf64_Sym *sym;
};

static struct global *globals;
static size_t n_globals;

static int by_name(const void *x, const void *y)
{
	const struct global *a = x, *b = y;
	int c = strcmp(a->name, b->name);

	if (c)
		return c;
	/* objects before the image, strong before weak, then the first */
	if (!a->object != !b->object)
		return a->object ? -1 : 1;
	c = (ELF64_ST_BIND(a->sym->st_info) == STB_WEAK) -
	    (ELF64_ST_BIND(b->sym->st_info) == STB_WEAK);
	return c ? c : (a->object > b->object) - (a->object < b->object);
}

static void add_globals(const struct elf *e, const struct object *o)
{
	globals = must(realloc(globals, (n_globals + e->n_syms + 1) *
			       sizeof(*globals)));
	for (size_t i = 1; i < e->n_syms; i++) {
		const Elf64_Sym *s = &e->sym[i];
		/* What the script defines is local in the image. */
		bool local = ELF64_ST_BIND(s->st_info) == STB_LOCAL &&
			     (o || ELF64_ST_TYPE(s->st_info) != STT_NOTYPE);

		if (!local && s->st_shndx != SHN_UNDEF)
			globals[n_globals++] = (struct global) {
				elf_symbol_name(e, s), o, s
			};
	}
}

/* The definition of a name, at or after the first with that name. */
static const struct global *find(const char *name)
{
	const struct global *found;
	struct global key = { .name = name };
	size_t low = 0, high = n_globals, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (strcmp(globals[mid].name, key.name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	found = &globals[low];
	return low < n_globals && !strcmp(found->name, name) ? found : NULL;
}

/* The borders of a library's part go with the part. */
static void refuse_borders(const struct object *o, const char *name)
{
	static const char *const kinds[] = { "_text_", "_rodata_", "_relro_",
					     "_data_", "_bss_" };

	if (strncmp(name, "uk_", 3) || !strncmp(name, "uk_image_", 9) ||
	    !strncmp(name, "uk_tls_", 7))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strstr(name, kinds[i]))
			die(o->elf.file.name, "uses %s, which a new order "
			    "takes the meaning from", name);
}

static struct target in_section(const struct object *o, unsigned int nr,
				uint64_t value, const char *name)
{
	const struct section *s;

	if (nr >= o->elf.head->e_shnum)
		die(o->elf.file.name, "symbol %s is in no section", name);
	s = &o->in[nr];
	return (struct target) {
		.addr = s->addr + value,
		.piece = s->piece,
		.tls = o->elf.sec[nr].sh_flags & SHF_TLS,
		.absent = s->state == ABSENT || s->state == ASIDE,
	};
}

static struct target resolve(const struct object *o, const Elf64_Rela *r)
{
	const Elf64_Sym *s;
	const struct global *g;
	const char *name;

	if (ELF64_R_SYM(r->r_info) >= o->elf.n_syms)
		die(o->elf.file.name, "a relocation for no symbol");
	s = &o->elf.sym[ELF64_R_SYM(r->r_info)];
	name = elf_symbol_name(&o->elf, s);
	if (s->st_shndx == SHN_ABS)
		return (struct target) { .addr = s->st_value };
	if (ELF64_ST_BIND(s->st_info) == STB_LOCAL)
		return in_section(o, s->st_shndx, s->st_value, name);
	g = find(name);		/* of several, not always this object's own */
	if (!g && ELF64_ST_BIND(s->st_info) == STB_WEAK)
		return (struct target) { .addr = 0 };
	if (!g)
		die(o->elf.file.name, "%s is defined nowhere", name);
	if (g->object && g->sym->st_shndx != SHN_ABS)
		return in_section(g->object, g->sym->st_shndx, g->sym->st_value,
				  name);
	if (!g->object)
		refuse_borders(o, name);
	return (struct target) { .addr = g->sym->st_value };
}

static void keep(struct fields *f, struct field field)
{
	if (f->n == f->room) {
		f->room = f->room ? 2 * f->room : 4096;
		f->at = must(realloc(f->at, f->room * sizeof(*f->at)));
	}
	f->at[f->n++] = field;
}

/* Behind the thread pointer's template (variant 2: it ends there). */
static uint64_t tls_end(const struct build *b)
{
	for (unsigned int i = 0; i < b->image.head->e_phnum; i++) {
		const Elf64_Phdr *p = &b->image.seg[i];

		if (p->p_type == PT_TLS)
			return (p->p_vaddr + p->p_memsz + p->p_align - 1) &
			       -p->p_align;
	}
	return 0;
}

/*
 * A load of a thread-local offset or of an address through a table that a
 * static image does not have: the linker made it an immediate or a lea. at
 * points to the field; opcode and register in the three bytes before it.
 * False: not that.
 */
static bool relaxed(uint8_t *at, const uint8_t *is, bool tls)
{
	uint8_t rex = at[-3], reg = at[-1] >> 3 & 7, b = rex >> 2 & 1;

	if ((rex & 0xf8) != 0x48 || (at[-1] & 0xc7) != 5)
		return false;
	if (at[-2] == 0x8b && is[-2] == 0xc7) {		/* mov $imm, %reg */
		at[-3] = (uint8_t)(0x48 | b);
		at[-2] = 0xc7;
		at[-1] = 0xc0 | reg;
		return true;
	}
	if (at[-2] == 0x8b && is[-2] == 0x8d && !tls) {	/* lea x(%rip), %reg */
		at[-2] = 0x8d;
		return true;
	}
	if (at[-2] == 0x03 && is[-2] == 0x8d && tls) {	/* lea x(%reg), %reg */
		at[-3] = (uint8_t)(0x48 | b | b << 2);
		at[-2] = 0x8d;
		at[-1] = (uint8_t)(0x80 | reg | reg << 3);
		return true;
	}
	if (at[-2] == 0x03 && is[-2] == 0x81 && tls) {	/* add $imm, %reg */
		at[-3] = (uint8_t)(0x48 | b);
		at[-2] = 0x81;
		at[-1] = 0xc0 | reg;
		return true;
	}
	return false;
}

/*
 * The table of addresses, for what cannot be reached without: an entry is
 * known by the first relocation that uses it.
 */
static uint32_t *got;		/* of each entry: 1 + piece, 0: unused */

static const Elf64_Shdr *got_section(const struct build *b)
{
	const Elf64_Shdr *s = elf_find(&b->image, ".got");

	if (s && !got)
		got = must(calloc(s->sh_size / 8 + 1, sizeof(*got)));
	return s;
}

/* Does the entry at this address hold the target's? */
static bool got_entry(struct build *b, uint64_t at, const struct target *t)
{
	const Elf64_Shdr *s = got_section(b);
	uint32_t *entry;

	if (!s || at < s->sh_addr || at - s->sh_addr >= s->sh_size ||
	    (at - s->sh_addr) % 8 || s->sh_size % 8 ||
	    memcmp(input_image_bytes(b, at, 8), &t->addr, 8))
		return false;
	entry = &got[(at - s->sh_addr) / 8];
	if (!*entry && (t->piece || pointer_is(at)))
		keep(&b->fields, (struct field) {
			.at = (uint32_t)(at - b->base), .target = t->piece,
			.kind = KIT_ABS64,
		});
	if (!*entry)
		*entry = t->piece + 1;
	return *entry == t->piece + 1;
}

static void check_got(const struct build *b)
{
	const Elf64_Shdr *s = got_section(b);
	uint64_t v;

	for (uint64_t i = 0; s && i < s->sh_size / 8; i++) {
		memcpy(&v, input_image_bytes(b, s->sh_addr + 8 * i, 8), 8);
		if (v && !got[i])
			die(b->image.file.name, "an address in the table of "
			    "addresses that nothing uses");
	}
}

struct site {
	struct build *b;
	const struct object *object;
	const Elf64_Rela *rela;
	uint8_t *want;			/* the section, to be filled in */
	const uint8_t *is;		/* the section in the image */
	uint64_t addr, size;
	struct target target;
};

static void refuse(const struct site *s, const char *why)
{
	die(s->object->elf.file.name, "at %#lx in the image, relocation %lu "
	    "against %s: %s", s->addr + s->rela->r_offset,
	    ELF64_R_TYPE(s->rela->r_info),
	    elf_symbol_name(&s->object->elf, &s->object->elf.sym[
			    ELF64_R_SYM(s->rela->r_info)]), why);
}

/* A load through the table of addresses; where the linker could do without, a
 * constant or a lea. */
static int through_got(struct site *s, uint64_t *value)
{
	uint64_t at = s->rela->r_offset, place = s->addr + at;
	int32_t is;

	if (at >= 3 && relaxed(s->want + at, s->is + at, false)) {
		if (s->want[at - 2] == 0xc7) {
			*value += 4;
			return KIT_ABS32S;
		}
		*value -= place;
		return KIT_PC32;
	}
	memcpy(&is, s->is + at, sizeof(is));
	if (!got_entry(s->b, place + (uint64_t)is -
		       (uint64_t)s->rela->r_addend, &s->target))
		refuse(s, "a load from a table of addresses, of an unknown "
		       "form");
	s->target.piece = 0;	/* the table stays where it is */
	*value = (uint64_t)is;
	return KIT_PC32;
}

/* Writes what must be there; returns the kind of field, -1: a constant. */
static int fill_in(struct site *s)
{
	uint64_t at = s->rela->r_offset, value, tp = tls_end(s->b);
	int kind = -1, width = 4;

	value = s->target.addr + (uint64_t)s->rela->r_addend;
	switch (ELF64_R_TYPE(s->rela->r_info)) {
	case R_X86_64_64:
		kind = KIT_ABS64;
		width = 8;
		break;
	case R_X86_64_32:
		kind = KIT_ABS32;
		break;
	case R_X86_64_32S:
		kind = KIT_ABS32S;
		break;
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		kind = KIT_PC32;
		value -= s->addr + at;
		break;
	case R_X86_64_TPOFF32:
		value -= tp;
		break;
	case R_X86_64_GOTTPOFF:
		if (at < 3 || !relaxed(s->want + at, s->is + at, true))
			refuse(s, "a thread-local access of an unknown form");
		value += 4 - tp;
		break;
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTPCRELX:
	case R_X86_64_REX_GOTPCRELX:
		if (s->size < 4 || at > s->size - 4)
			refuse(s, "outside of its section");
		value = s->target.addr + (uint64_t)s->rela->r_addend;
		kind = through_got(s, &value);
		break;
	default:
		refuse(s, "of no known type");
	}
	if (at > s->size || (uint64_t)width > s->size - at)
		refuse(s, "outside of its section");
	if (s->target.tls != (kind < 0))
		refuse(s, "thread-local or not?");
	memcpy(s->want + at, &value, (size_t)width);
	return kind;
}

static void take(struct build *b, struct site *s, const struct section *in)
{
	uint32_t start = in->piece ? 0 : (uint32_t)(s->addr - b->base);
	int kind;

	s->target = resolve(s->object, s->rela);
	if (s->target.absent)
		refuse(s, "into a section that is not in the image");
	kind = fill_in(s);
	/* What moves with its target, or whose target stays, keeps its value;
	 * but of an image that moves as a whole all pointers change. */
	if (kind < 0 || (kind == KIT_PC32 && in->piece == s->target.piece) ||
	    (kind != KIT_PC32 && !s->target.piece &&
	     !(kind == KIT_ABS64 && pointer_is(s->addr + s->rela->r_offset))))
		return;
	keep(&b->fields, (struct field) {
		.piece = in->piece, .target = s->target.piece,
		.at = start + (uint32_t)s->rela->r_offset,
		.kind = (uint8_t)kind,
	});
}

/* In debug information only addresses of what moves change. */
static void take_debug(struct build *b, struct site *s,
		       const struct section *in)
{
	uint64_t at = in->addr + s->rela->r_offset, is;

	s->target = resolve(s->object, s->rela);
	if (s->target.absent || !s->target.piece)
		return;
	if (ELF64_R_TYPE(s->rela->r_info) != R_X86_64_64)
		refuse(s, "an address of less than 64 bits");
	if (at > in->out->sh_size || 8 > in->out->sh_size - at)
		refuse(s, "outside of its section");
	at += in->out->sh_offset;
	memcpy(&is, b->image.file.data + at, 8);
	if (is != s->target.addr + (uint64_t)s->rela->r_addend)
		refuse(s, "the image has another address");
	keep(&b->debug, (struct field) {
		.at = (uint32_t)at, .target = s->target.piece,
		.kind = KIT_ABS64,
	});
}

/* The checksum, which the build writes behind the link: no address in it. */
static bool is_sum(const struct object *o, const Elf64_Shdr *s)
{
	return !strcmp(elf_section_name(&o->elf, s), ".low.first");
}

static void one_section(struct build *b, const struct object *o,
			unsigned int nr, const Elf64_Shdr *relas)
{
	const struct section *in = &o->in[nr];
	const Elf64_Shdr *h = &o->elf.sec[nr];
	struct site s = { .b = b, .object = o, .addr = in->addr,
			  .size = h->sh_size };
	const Elf64_Rela *r = relas ? (void *)elf_bytes(&o->elf, relas) : NULL;
	size_t n = relas ? relas->sh_size / sizeof(*r) : 0;

	if (h->sh_type == SHT_NOBITS) {
		if (n)
			die(o->elf.file.name, "relocations in nothing");
		return;
	}
	if (in->state != ASIDE) {
		s.want = must(malloc(h->sh_size + 1));
		memcpy(s.want, elf_bytes(&o->elf, h), h->sh_size);
		s.is = input_image_bytes(b, in->addr, h->sh_size);
	}
	for (; n--; r++) {
		s.rela = r;
		if (in->state == ASIDE)
			take_debug(b, &s, in);
		else
			take(b, &s, in);
	}
	if (in->state != ASIDE && !is_sum(o, h) &&
	    memcmp(s.want, s.is, h->sh_size))
		die(o->elf.file.name, "%s at %#lx is not in the image as the "
		    "objects have it", elf_section_name(&o->elf, h), in->addr);
	free(s.want);
}

static void one_object(struct build *b, const struct object *o)
{
	const Elf64_Shdr **relas;
	unsigned int n = o->elf.head->e_shnum;

	relas = must(calloc(n + 1u, sizeof(*relas)));
	for (unsigned int i = 1; i < n; i++) {
		const Elf64_Shdr *h = &o->elf.sec[i];

		if (h->sh_type == SHT_REL || (h->sh_type == SHT_RELA &&
		    (h->sh_info >= n || h->sh_entsize != sizeof(Elf64_Rela) ||
		     h->sh_link != o->elf.symtab)))
			die(o->elf.file.name, "relocations of an unknown form");
		if (h->sh_type == SHT_RELA)
			relas[h->sh_info] = h;
	}
	for (unsigned int i = 1; i < n; i++)
		if (o->in[i].state != ABSENT)
			one_section(b, o, i, relas[i]);
	free(relas);
}

static int by_place(const void *x, const void *y)
{
	const struct field *a = x, *b = y;

	if (a->piece != b->piece)
		return a->piece < b->piece ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

void field_all(struct build *b)
{
	for (unsigned int i = 0; i < b->n_objects; i++)
		add_globals(&b->objects[i].elf, &b->objects[i]);
	add_globals(&b->image, NULL);
	qsort(globals, n_globals, sizeof(*globals), by_name);
	pointer_read(b);
	for (unsigned int i = 0; i < b->n_objects; i++)
		one_object(b, &b->objects[i]);
	check_got(b);
	pointer_check(b);
	qsort(b->fields.at, b->fields.n, sizeof(*b->fields.at), by_place);
}
