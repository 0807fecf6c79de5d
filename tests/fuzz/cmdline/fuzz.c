/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any boot command line on a table of parameters of every type. What must
 * hold: a refused line changes nothing, an accepted one leaves every value
 * within its limits, and the same line does the same again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/argparse.h>
#include <uk/print.h>
#include "level.h"

#define MAX 64

/* All variables in one piece, to compare and to copy. */
static struct vars {
	bool flag;
	int mtu, any;
	uint64_t size;
	char name[8];
	char level[32];
} v, start = { .mtu = 1500, .any = 1, .size = 2, .name = "old" };

static int parse_level(const char *value, bool apply)
{
	int rc = uk_print_levels_parse(value, apply);

	if (!rc && apply)
		strncpy(v.level, value, sizeof(v.level) - 1);
	return rc;
}

UK_PARAM(net, flag, bool, &v.flag, "a switch");
UK_PARAM_RANGE(net, mtu, &v.mtu, 576, 9000, "bytes");
UK_PARAM(dev, any, int, &v.any, "any number");
UK_PARAM(dev, size, uint64, &v.size, "bytes");
UK_PARAM(dev, name, string, &v.name, "a name");
UK_PARAM_PARSER(dev, level, parse_level, "LEVEL[,LIBRARY:LEVEL...]", "levels");

static void require(int holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct uk_param table[] = {
		uk_param_net_flag, uk_param_net_mtu, uk_param_dev_any,
		uk_param_dev_size, uk_param_dev_name, uk_param_dev_level,
	};
	const struct uk_params tab = { table, table + UK_ARRAY_SIZE(table) };
	char *line = malloc(len + 1), *text = malloc(len + 1), *argv[MAX];
	struct uk_args_error err = { 0 };
	struct vars once;
	size_t n, sep;

	memcpy(line, data, len);
	v = start;
	if (!uk_args_split(line, len, text, argv, MAX, &n, &err)) {
		sep = uk_args_separator(argv, n);
		if (uk_params_set(&tab, argv, sep, &err)) {
			require(err.fault >= UK_ARGS_FORM && err.word < sep);
			require((err.param != NULL) ==
				(err.fault >= UK_ARGS_TWICE));
			require(!memcmp(&v, &start, sizeof(v)));
		} else {
			require(v.mtu >= 576 && v.mtu <= 9000);
			require(memchr(v.name, '\0', sizeof(v.name)) != NULL);
			once = v;
			v = start;
			require(!uk_params_set(&tab, argv, sep, &err));
			require(!memcmp(&v, &once, sizeof(v)));
		}
	}
	free(text);
	free(line);
	return 0;
}
