/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * testrun [-j N] [-v] [-l LOGDIR] [-k KIND]... [-s GLOB] [-o FILE[:KIND]]...
 *	   LIST...
 * Runs the jobs of the lists (list.c) that are of one of the kinds and whose
 * name matches. Exit status: 0 nothing failed and something passed, 1 not so,
 * 2 a list or the command line is wrong, 128+n interrupted by signal n.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "job.h"

#define MOST 16		/* kinds, files */
#define MOST_SLOTS 64	/* bits of struct pool.taken */

struct options {
	const char *kind[MOST], *out[MOST], *glob, *logdir;
	size_t n_kinds, n_out;
	unsigned int slots;
	bool verbose;
};

static int usage(void)
{
	fputs("usage: testrun [-j N] [-v] [-l LOGDIR] [-k KIND]... [-s GLOB] "
	      "[-o FILE[:KIND]]... LIST...\n", stderr);
	return -1;
}

static int parse(struct options *o, int argc, char **argv)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	int c;

	o->logdir = ".";
	while ((c = getopt(argc, argv, "j:vl:k:s:o:")) != -1) {
		if (c == 'j')
			n = strtol(optarg, NULL, 10);
		else if (c == 'v')
			o->verbose = true;
		else if (c == 'l')
			o->logdir = optarg;
		else if (c == 's')
			o->glob = optarg;
		else if (c == 'k' && o->n_kinds < MOST)
			o->kind[o->n_kinds++] = optarg;
		else if (c == 'o' && o->n_out < MOST)
			o->out[o->n_out++] = optarg;
		else
			return usage();
	}
	o->slots = n < 1 ? 1 : n > MOST_SLOTS ? MOST_SLOTS : (unsigned int)n;
	return optind < argc ? 0 : usage();
}

static int read_lists(struct list *l, int n, char **files)
{
	int i, e;
	FILE *f;

	for (i = 0; i < n; i++) {
		f = fopen(files[i], "r");
		if (!f) {
			perror(files[i]);
			return -1;
		}
		e = list_read(l, f, files[i]);
		fclose(f);
		if (e)
			return -1;
	}
	return 0;
}

static int write_results(const struct options *o, const struct list *l)
{
	size_t i;
	int e = 0;

	for (i = 0; i < o->n_out; i++) {
		char *file = strdup(o->out[i]);
		char *kind = file ? strchr(file, ':') : NULL;

		if (kind)
			*kind++ = '\0';
		if (!file || report_json(l, kind, file))
			e = -1;
		free(file);
	}
	return e;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct report r = { 0 };
	struct list l = { 0 };
	size_t i;
	int sig, fd;

	/* What is open for us, the lock of tests.sh, is not for the tests. */
	for (fd = STDERR_FILENO + 1; fd < 16; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (parse(&o, argc, argv) ||
	    read_lists(&l, argc - optind, argv + optind))
		return 2;
	if (!o.n_kinds)
		list_choose(&l, NULL, o.glob);
	for (i = 0; i < o.n_kinds; i++)
		list_choose(&l, o.kind[i], o.glob);
	r.lines = o.verbose || !isatty(STDOUT_FILENO);
	report_begin(&r, &l);
	sig = pool_run(&l, o.slots, o.logdir, &r);
	if (write_results(&o, &l))
		r.failed++;
	report_end(&r, &l);
	list_free(&l);
	if (sig)
		return 128 + sig;
	return r.failed || !r.passed;
}
