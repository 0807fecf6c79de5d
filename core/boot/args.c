/* SPDX-License-Identifier: BSD-3-Clause */
/* The boot command line, put to use or refused. */
#include <uk/argparse.h>
#include <uk/config.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/str.h>
#include "boot.h"

static const char *reason(enum uk_args_fault fault)
{
	switch (fault) {
	case UK_ARGS_QUOTE:
		return "a quote is opened and never closed";
	case UK_ARGS_BACKSLASH:
		return "nothing follows the backslash";
	case UK_ARGS_NUL:
		return "a NUL byte";
	case UK_ARGS_MANY:
		return "too many words, at most "
		       UK_STRINGIFY(CONFIG_LIBUKBOOT_MAX_ARGS) " are allowed";
	case UK_ARGS_FORM:
		return "before -- stand parameters, LIBRARY.NAME=VALUE";
	case UK_ARGS_LIBRARY:
		return "no library of this image takes such a parameter";
	case UK_ARGS_NAME:
		return "this library has no such parameter";
	case UK_ARGS_TWICE:
		return "given twice";
	case UK_ARGS_LONG:
		return "the value is too long";
	default:
		return "this value is not allowed";
	}
}

/* A word in a message: whatever came in, only plain characters go out. */
static void print_word(const char *w)
{
	unsigned int i;

	for (i = 0; w[i] && i < 60; i++)
		uk_print_raw("%c", w[i] >= ' ' && w[i] < 0x7f ? w[i] : '?');
	if (w[i])
		uk_print_raw("...");
}

/* "Allowed: ..." as far as it can be told. */
static void print_allowed(const struct uk_args_error *err, const char *word)
{
	const struct uk_param *p;
	const char *sep = "Allowed: ";
	char form[80];

	if (err->fault == UK_ARGS_VALUE || err->fault == UK_ARGS_LONG)
		uk_print_raw("%s%s.\n", sep,
			     uk_param_form(err->param, form, sizeof(form)));
	if (err->fault == UK_ARGS_NAME) {
		for (p = uk_paramtab_start; p < uk_paramtab_end; p++)
			if (uk_param_of_lib(word, p->lib)) {
				uk_print_raw("%s%s.%s", sep, p->lib, p->name);
				sep = ", ";
			}
		uk_print_raw(".\n");
	}
	uk_print_raw("\"uk.help --\" lists all parameters.\n");
}

static UK_NORETURN void refuse(const struct uk_bootinfo *bi,
			       const struct boot_args *args,
			       const struct uk_args_error *err)
{
	bool whole = err->fault >= UK_ARGS_FORM;

	uk_print_raw("Boot: command line refused, column %zu",
		     uk_args_column(bi->cmdline, bi->cmdline_len, err->word));
	if (whole) {
		uk_print_raw(": ");
		print_word(args->argv[err->word + 1]);
	}
	uk_print_raw(": %s\n", reason(err->fault));
	if (whole)
		print_allowed(err, args->argv[err->word + 1]);
	ukplat_exit(UK_EXIT_USAGE);
}

int boot_args(const struct uk_bootinfo *bi, struct boot_args *args,
	      char ***argv)
{
	const struct uk_params tab = { uk_paramtab_start, uk_paramtab_end };
	char **words = args->argv + 1;	/* argv[0] is for the name */
	struct uk_args_error err;
	size_t n, sep;

	if (uk_args_split(bi->cmdline, bi->cmdline_len, args->text, words,
			  args->max, &n, &err))
		refuse(bi, args, &err);
	sep = uk_args_separator(words, n);
	if (sep < n) {
		if (uk_params_set(&tab, words, sep, &err))
			refuse(bi, args, &err);
		/* The name takes the place of the separator. */
		args->argv = words + sep;
		n -= sep + 1;
	}
	args->argv[0] = (char *)CONFIG_UK_NAME;
	args->argv[n + 1] = NULL;
	*argv = args->argv;
	return (int)n + 1;
}
