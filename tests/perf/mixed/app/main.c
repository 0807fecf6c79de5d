/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A program of many kinds: what is counted is from main up to work_done.
 * One argument leaves one part alone: its name.
 */
#include <stdio.h>
#include <string.h>
#include <uk/essentials.h>
#include "work.h"

static const struct {
	const char *name;
	uint32_t (*work)(void);
} parts[] = {
	{ "sort", work_sort }, { "table", work_table }, { "text", work_text },
	{ "matrix", work_matrix }, { "tree", work_tree },
	{ "cipher", work_cipher }, { "jump", work_jump },
};

UK_NOINLINE void work_done(uint32_t check);

UK_NOINLINE void work_done(uint32_t check)
{
	printf("check %08x\n", check);
}

int main(int argc, char **argv)
{
	uint32_t check = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (argc < 2 || !strcmp(argv[1], parts[i].name))
			check = check * 31 + parts[i].work();
	work_done(check);
	return 0;
}
