/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * xenrun -t pv|pvh [-m KIB] [-c CMDLINE] [-r RAMDISK] [-s] [-n MAC] [-B BRIDGE]
 *	[-b DEVICE] [-S WORD] [-T SECONDS] [-i] [-v] IMAGE
 * Runs a guest of Xen and passes its console on; -i: standard input, too. -s:
 * xenstored knows it (as it does with a card, -n, or a disk, -b). -S: ask it to
 * stop, by that word in xenstore, once it is silent for a second. With -k COUNT
 * it keeps so many shells of that kind and size, and IMAGE is the path of a
 * socket: see keep.c; `xenrun -a SOCKET WORD...` asks there. Else the last line
 * is "XENRUN" and how it ended: the reason of its shutdown (0 power-off, 1
 * reboot, 2 suspend, 3 crash, 4 watchdog), `late`, `gone`, or `error`.
 */
#include "xenrun.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct domain domain;
static bool verbose;

static double ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void mark(const char *what)
{
	static double last;
	double now = ms();

	if (verbose && last > 0)
		fprintf(stderr, "xenrun: %7.1f ms %s\n", now - last, what);
	last = now;
}

static void leave(const char *how)
{
	store_withdraw(&domain);
	destroy(&domain);
	printf("\nXENRUN %s\n", how);
}

void give_up(const char *what)
{
	printf("\nxenrun: %s: %s\n", what, strerror(errno));
	leave("error");
	fflush(stdout);
	exit(125);
}

static unsigned int number(const char *s)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	if (*end || end == s || v > 1u << 30) {
		fprintf(stderr, "xenrun: '%s' is no number\n", s);
		exit(125);
	}
	return (unsigned int)v;
}

int main(int argc, char **argv)
{
	struct guest g = { .cmdline = "", .kib = 16384, .bridge = "xenbr0" };
	unsigned int seconds = 60;
	unsigned int shells = 0;
	bool input = false;
	const char *what, *ask = NULL;
	char how[16];
	int o, state;

	while ((o = getopt(argc, argv, "t:m:c:r:n:B:b:T:S:k:a:siv")) != -1) {
		switch (o) {
		case 't': g.pvh = !strcmp(optarg, "pvh"); break;
		case 'm': g.kib = number(optarg); break;
		case 'c': g.cmdline = optarg; break;
		case 'r': g.ramdisk = optarg; break;
		case 'n': g.mac = optarg; g.store = true; break;
		case 'B': g.bridge = optarg; break;
		case 'b': g.disk = optarg; g.store = true; break;
		case 'T': seconds = number(optarg); break;
		case 's': g.store = true; break;
		case 'S': g.request = optarg; g.store = true; break;
		case 'i': input = true; break;
		case 'a': ask = optarg; break;
		case 'k': shells = number(optarg); break;
		case 'v': verbose = true; break;
		default: return 125;
		}
	}
	if (ask)
		return keep_ask(ask, argv + optind) ? 125 : 0;
	if (optind + 1 != argc) {
		fprintf(stderr, "xenrun: which image?\n");
		return 125;
	}
	g.kernel = argv[optind];
	mark("");
	build_open();
	if (shells)
		keep(&g, shells, g.kernel);
	if (build_shell(&g, &domain, &what) || build_fill(&g, &domain, &what))
		give_up(what);
	if (g.store && store_announce(&g, &domain))
		give_up("xenstore");
	state = watch(&g, &domain, seconds, input);
	snprintf(how, sizeof(how), "%d", state);
	leave(state == -1 ? "late" : state == -2 ? "gone" : how);
	return 0;
}
