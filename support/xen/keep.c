/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Domains from shells that were made before. On a socket, one request a
 * connection, a line of words with tabs between them:
 *
 *   create IMAGE CMDLINE   -> "ID MICROSECONDS": it runs
 *   list                   -> "ID STATE" each: r runs, or the reason of its end
 *   console ID             -> what it has said since, until it ends
 *   destroy ID             -> "ok"
 *   stop                   -> all domains are destroyed
 *
 * or "error: WHAT". After an answer the next shell is made.
 */
#include "xenrun.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <xenctrl.h>
#include <xen/io/console.h>

#define MOST 1024
#define CONSOLE_LOOK_US 2000

static struct domain shell[MOST], domain[MOST];
static unsigned int n_shells, n_domains;
static struct guest want;

static uint64_t us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void fill_up(unsigned int count)
{
	const char *what = "";

	while (n_shells < count && n_shells + n_domains < MOST) {
		if (build_shell(&want, &shell[n_shells], &what)) {
			destroy(&shell[n_shells]);
			fprintf(stderr, "xenrun: no shell: %s\n", what);
			return;
		}
		n_shells++;
	}
}

static struct domain *find(const char *id)
{
	unsigned int i;

	for (i = 0; id && i < n_domains; i++)
		if (domain[i].id == (uint32_t)atoi(id))
			return &domain[i];
	return NULL;
}

static void forget(struct domain *d)
{
	destroy(d);
	*d = domain[--n_domains];
}

static void create(FILE *f, const char *image, const char *cmdline)
{
	uint64_t began = us();
	struct guest g = want;
	struct domain *d = &domain[n_domains];
	const char *what = "no shell is ready";

	g.kernel = image;
	g.cmdline = cmdline ? cmdline : "";
	if (!image || n_domains == MOST || !n_shells) {
		fprintf(f, "error: %s\n", what);
		return;
	}
	*d = shell[--n_shells];
	if (build_fill(&g, d, &what) || unpause(d)) {
		destroy(d);
		fprintf(f, "error: %s\n", what);
		return;
	}
	n_domains++;
	fprintf(f, "%u %llu\n", d->id, (unsigned long long)(us() - began));
}

/* Its ring is the guest's: what stands there is checked. */
static void console(FILE *f, const struct domain *d)
{
	volatile struct xencons_interface *ring = map_frame(d,
							   d->console_frame);
	int state;

	if (!ring)
		return;
	do {
		uint32_t at = ring->out_cons, end;

		state = stopped(d);
		end = ring->out_prod;
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		if (end - at > sizeof(ring->out))
			break;
		while (at != end)
			putc(ring->out[MASK_XENCONS_IDX(at++, ring->out)], f);
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		ring->out_cons = at;
		fflush(f);
		if (state == -1)
			usleep(CONSOLE_LOOK_US);
	} while (state == -1);
}

static void list(FILE *f)
{
	unsigned int i;
	int state;

	for (i = 0; i < n_domains; i++) {
		state = stopped(&domain[i]);
		if (state == -1)
			fprintf(f, "%u r\n", domain[i].id);
		else
			fprintf(f, "%u %d\n", domain[i].id, state);
	}
}

/* false: that was the last one. */
static bool serve(FILE *f)
{
	char line[4096], *word, *first, *second;
	struct domain *d;

	if (!fgets(line, sizeof(line), f))
		return true;
	line[strcspn(line, "\n")] = '\0';
	word = strtok(line, "\t");
	first = strtok(NULL, "\t");
	second = strtok(NULL, "\t");
	d = find(first);
	if (word && !strcmp(word, "create"))
		create(f, first, second);
	else if (word && !strcmp(word, "list"))
		list(f);
	else if (word && !strcmp(word, "console") && d)
		console(f, d);
	else if (word && !strcmp(word, "destroy") && d) {
		forget(d);
		fprintf(f, "ok\n");
	} else if (word && !strcmp(word, "stop"))
		return false;
	else
		fprintf(f, "error: not understood\n");
	return true;
}

static struct sockaddr_un address(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	return at;
}

int keep_ask(const char *path, char **word)
{
	struct sockaddr_un at = address(path);
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	char buf[4096];
	ssize_t n;

	if (s < 0 || connect(s, (struct sockaddr *)&at, sizeof(at)))
		return -1;
	for (; *word; word++)
		dprintf(s, "%s%s", *word, word[1] ? "\t" : "\n");
	while ((n = read(s, buf, sizeof(buf))) > 0)
		if (write(1, buf, (size_t)n) != n)
			return -1;
	close(s);
	return 0;
}

void keep(const struct guest *g, unsigned int shells, const char *path)
{
	struct sockaddr_un at = address(path);
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	bool on = true;
	FILE *f;

	want = *g;
	unlink(path);
	fill_up(shells);
	if (s < 0 || bind(s, (struct sockaddr *)&at, sizeof(at)) ||
	    listen(s, 16))
		give_up(path);
	while (on) {
		f = fdopen(accept(s, NULL, NULL), "r+");
		if (!f)
			continue;
		on = serve(f);
		fclose(f);
		fill_up(shells);
	}
	while (n_domains)
		forget(&domain[0]);
	while (n_shells)
		destroy(&shell[--n_shells]);
	exit(0);
}
