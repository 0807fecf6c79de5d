/* SPDX-License-Identifier: BSD-3-Clause */
/* A server with a thousand sessions. Each request belongs to one of them,
 * takes some objects, builds an answer, and replaces part of the session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define SESSIONS 1000
#define REQUESTS 500000
#define KEPT 6

struct session {
	char *kept[KEPT];
	uint64_t sum;
};

struct request {
	char *line, *header[4], *body;
	size_t len;
};

static char *text(uint64_t *x, size_t least, size_t most)
{
	size_t n = least + load_random(x) % (most - least + 1);
	char *s = need(malloc(n + 1));

	memset(s, 'a' + (int)(n % 26), n);
	s[n] = 0;
	return s;
}

static struct request *receive(uint64_t *x)
{
	struct request *r = need(malloc(sizeof(*r)));

	r->line = text(x, 20, 90);
	for (int i = 0; i < 4; i++)
		r->header[i] = text(x, 8, 60);
	r->len = 64 + load_random(x) % 1000;
	r->body = need(calloc(1, r->len));
	return r;
}

static uint64_t answer(struct session *s, struct request *r, uint64_t *x)
{
	size_t at = load_random(x) % KEPT;
	char *out = need(malloc(r->len + 128));
	uint64_t sum;

	memcpy(out, r->body, r->len);
	sum = r->len + strlen(r->line) + (uint64_t)out[r->len / 2];
	if (s->kept[at])
		sum += strlen(s->kept[at]);
	free(s->kept[at]);
	s->kept[at] = text(x, 10, 1000);
	for (int i = 0; i < 4; i++)
		free(r->header[i]);
	free(r->line);
	free(r->body);
	free(r);
	free(out);
	return sum;
}

uint64_t load_server(void)
{
	struct session *all = need(calloc(SESSIONS, sizeof(*all)));
	uint64_t x = 521288629123456789u, sum = 0;

	for (long i = 0; i < REQUESTS; i++) {
		struct session *s = &all[load_random(&x) % SESSIONS];

		s->sum += answer(s, receive(&x), &x);
	}
	for (int i = 0; i < SESSIONS; i++) {
		sum = sum * 31 + all[i].sum;
		for (int k = 0; k < KEPT; k++)
			free(all[i].kept[k]);
	}
	free(all);
	return sum;
}
