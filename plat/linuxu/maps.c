/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /proc/<pid>/maps, character by character, because a line has no upper limit:
 *	START-END rwxp OFFSET MAJOR:MINOR INODE    PATH
 */
#include <uk/plat.h>
#include "linuxu.h"

enum { START, END, RIGHTS, OFFSET, MAJOR, MINOR, INODE, PATH };

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static void number(struct linuxu_maps *p, uint64_t *v, uint64_t base, char c)
{
	int d = digit(c);

	if (d < 0 || (uint64_t)d >= base ||
	    __builtin_mul_overflow(*v, base, v) ||
	    __builtin_add_overflow(*v, (uint64_t)d, v))
		p->broken = true;
}

static void right(struct linuxu_maps *p, char c)
{
	switch (c) {
	case 'r':
		p->line.rights |= UK_MEM_R;
		break;
	case 'w':
		p->line.rights |= UK_MEM_W;
		break;
	case 'x':
		p->line.rights |= UK_MEM_X;
		break;
	case '-': case 'p': case 's':
		break;
	default:
		p->broken = true;
	}
}

static bool finish(struct linuxu_maps *p)
{
	p->done = true;
	p->line.device |= p->major << 32;
	return !p->broken && p->field >= INODE && p->line.start < p->line.end;
}

static void take(struct linuxu_maps *p, char c)
{
	switch (p->field) {
	case START:
		number(p, &p->line.start, 16, c);
		break;
	case END:
		number(p, &p->line.end, 16, c);
		break;
	case RIGHTS:
		right(p, c);
		break;
	case OFFSET:
		number(p, &p->line.offset, 16, c);
		break;
	case MAJOR:
		number(p, &p->major, 16, c);
		break;
	case MINOR:
		number(p, &p->line.device, 16, c);
		break;
	case INODE:
		number(p, &p->line.inode, 10, c);
		break;
	}
}

bool linuxu_maps_feed(struct linuxu_maps *p, char c)
{
	static const char closing[] = {
		[START] = '-', [END] = ' ', [RIGHTS] = ' ', [OFFSET] = ' ',
		[MAJOR] = ':', [MINOR] = ' ', [INODE] = ' ',
	};

	if (p->done)
		*p = (struct linuxu_maps){ .done = false };
	if (c == '\n')
		return finish(p);
	if (p->field < PATH && c == closing[p->field])
		p->field++;
	else
		take(p, c);
	return false;
}
