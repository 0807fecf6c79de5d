/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A loader that lies. QEMU starts it as a kernel, with an image as its first
 * module; it loads that image as QEMU would, and hands it boot information
 * that is wrong in the way that its own command line names, or random.
 * 32 bits, no paging, linked where no image of ours goes.
 */
#include <stddef.h>
#include <stdint.h>

struct start_info {
	uint32_t magic, version, flags, n_modules;
	uint64_t modules, cmdline, rsdp, memmap;
	uint32_t n_memmap, reserved;
};

struct module {
	uint64_t base, size, cmdline, reserved;
};

struct region {
	uint64_t base, size;
	uint32_t type, reserved;
};

struct elf {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version;
	uint64_t entry, phoff, shoff;
	uint32_t flags;
	uint16_t ehsize, phentsize, phnum;
};

struct phdr {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

#define RAM 1
#define MOST_REGIONS 32

static struct start_info info;
static struct region map[MOST_REGIONS];
static char line[70000] = "one two";
static uint32_t seed;

void chain(const struct start_info *si);
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);

void *memcpy(void *to, const void *from, size_t n)
{
	char *t = to;
	const char *f = from;

	while (n--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int c, size_t n)
{
	char *t = to;

	while (n--)
		*t++ = (char)c;
	return to;
}

static void *at(uint64_t pa)
{
	return (void *)(uintptr_t)pa;
}

static void stop(uint8_t status)
{
	__asm__ __volatile__("outb %0, $0xf4" : : "a"(status));
	for (;;)
		__asm__ __volatile__("hlt");
}

/* The last word of our command line that starts with "lie=" */
static const char *lie(const char *s)
{
	const char *found = "";

	for (; *s; s++)
		if (s[0] == 'l' && s[1] == 'i' && s[2] == 'e' && s[3] == '=')
			found = s + 4;
	return found;
}

static int is(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *b == '\0' && (*a == '\0' || *a == ' ');
}

static uint32_t rnd(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	return seed ^= seed << 5;
}

static struct region *add(uint64_t base, uint64_t size)
{
	struct region *r = &map[info.n_memmap++];

	*r = (struct region){ base, size, RAM, 0 };
	return r;
}

/* The largest region of RAM, where the image lies as well */
static struct region *ram(void)
{
	struct region *best = map;
	uint32_t i;

	for (i = 0; i < info.n_memmap; i++)
		if (map[i].type == RAM && map[i].size > best->size)
			best = &map[i];
	return best;
}

static void fill_line(size_t n, int end)
{
	memset(line, 'a', n);
	line[n] = (char)(end ? 0 : 'a');
}

/* Some bytes of everything, each time others */
static void random_lies(const char *digits)
{
	uint8_t *where[] = { (uint8_t *)&info, (uint8_t *)map,
			     (uint8_t *)line };
	uint32_t size[] = { sizeof(info), info.n_memmap * sizeof(map[0]), 64 };
	uint32_t n, i;

	for (seed = 2463534242u; *digits >= '0' && *digits <= '9'; digits++)
		seed = seed * 31 + (uint8_t)*digits;
	for (n = rnd() % 16 + 1; n; n--) {
		i = rnd() % 3;
		/* The magic number is a case of its own. */
		where[i][(i ? 0 : 4) + rnd() % (size[i] - 4)] = (uint8_t)rnd();
	}
}

/* 0: no such lie. The pointer may be changed as well. */
static int tell(const char *what, uint32_t *pointer)
{
	uint64_t far = 1ull << 46;

	if (is(what, "none"))
		return 1;
	if (is(what, "magic"))
		return info.magic ^= 1, 1;
	if (is(what, "null"))
		return *pointer = 0, 1;
	if (is(what, "pointer"))
		return *pointer = 0xfffffff0, 1;
	if (is(what, "version"))
		return info.version = 0, 1;
	if (is(what, "nomap"))
		return info.n_memmap = 0, 1;
	if (is(what, "hugemap"))
		return info.n_memmap = 0xffffffff, 1;
	if (is(what, "manymaps"))
		return info.n_memmap = 129, 1;
	if (is(what, "nullmap"))
		return info.memmap = 0, 1;
	if (is(what, "farmap"))
		return info.memmap = far, 1;
	if (is(what, "edgemap"))
		return info.memmap = UINT64_MAX - 7, 1;
	if (is(what, "wrap"))
		return add(UINT64_MAX - 4095, 8192), 1;
	if (is(what, "overlap"))
		return add(ram()->base + ram()->size / 2, ram()->size), 1;
	if (is(what, "same"))
		return add(ram()->base, ram()->size), 1;
	if (is(what, "little"))
		return ram()->size = 1 << 16, 1;
	if (is(what, "elsewhere"))
		return ram()->base += 32 << 20, ram()->size -= 32 << 20, 1;
	if (is(what, "reserved"))
		return ram()->type = 2, 1;
	if (is(what, "farline"))
		return info.cmdline = far, 1;
	if (is(what, "edgeline"))
		return info.cmdline = UINT64_MAX, 1;
	if (is(what, "longline"))
		return fill_line(65536, 1), 1;
	if (is(what, "endless"))
		return fill_line(sizeof(line) - 1, 0), 1;
	if (is(what, "modules"))
		return info.n_modules = 0xffffffff, info.modules = far, 1;
	if (is(what, "rsdp"))
		return info.rsdp = UINT64_MAX - 3, 1;
	if (what[0] == 'r' && what[1] == 'n' && what[2] == 'd')
		return random_lies(what + 3), 1;
	return 0;
}

static uint32_t load(const struct module *m)
{
	const struct elf *e = at(m->base);
	uint16_t i;

	if (e->ident[0] != 0x7f || e->ident[4] != 2)
		stop(101);
	for (i = 0; i < e->phnum; i++) {
		const struct phdr *p = at(m->base + e->phoff +
					  (uint32_t)i * e->phentsize);

		if (p->type != 1)
			continue;
		memcpy(at(p->paddr), at(m->base + p->offset),
		       (size_t)p->filesz);
		memset(at(p->paddr + p->filesz), 0,
		       (size_t)(p->memsz - p->filesz));
	}
	return (uint32_t)e->entry;
}

void chain(const struct start_info *si)
{
	uint32_t pointer = (uint32_t)(uintptr_t)&info;
	uint32_t entry;

	if (!si->n_modules || si->n_memmap > MOST_REGIONS - 1)
		stop(100);
	entry = load(at(si->modules));
	info = *si;
	memcpy(map, at(si->memmap), si->n_memmap * sizeof(map[0]));
	info.memmap = (uintptr_t)map;
	info.cmdline = (uintptr_t)line;
	info.n_modules = 0;
	if (!tell(lie(at(si->cmdline)), &pointer))
		stop(102);
	__asm__ __volatile__("jmp *%0" : : "a"(entry), "b"(pointer));
}
