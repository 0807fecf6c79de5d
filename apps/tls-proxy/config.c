/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * proxy.conf, from the initrd. A line is a command and its words; # begins a
 * comment. It is read whole before anything is opened, and what is not
 * understood is an error with its line.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/initrd.h>
#include "proxy.h"

#define MAX_LINE 1024
#define MAX_WORDS (5 + MAX_UPSTREAMS)	/* of a server */

struct config config = {
	.port = 443,
	.connections = 64,
	.handshake_s = 10,
	.idle_s = 60,
	.connect_s = 5,
	.drain_s = 30,
	.tickets_s = 3600,
};
static const char *file_name;
static unsigned int line_nr;

__attribute__((format(printf, 1, 2)))
static int bad(const char *fmt, ...)
{
	va_list ap;

	printf("tls-proxy: %s:%u: ", file_name, line_nr);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	return -1;
}

static int number(const char *word, unsigned long lo, unsigned long hi,
		  unsigned int *v)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (word[0] < '0' || word[0] > '9' || *end || n < lo || n > hi)
		return bad("'%s': want a number from %lu to %lu", word, lo, hi);
	*v = (unsigned int)n;
	return 0;
}

static int port(const char *word, u16_t *v)
{
	unsigned int n;

	if (number(word, 1, 65535, &n))
		return -1;
	*v = (u16_t)n;
	return 0;
}

/* ADDRESS:PORT, [ADDRESS]:PORT */
static int upstream(char *word, struct upstream *u)
{
	char *colon = strrchr(word, ':'), *address = word;

	if (!colon)
		return bad("'%s': want ADDRESS:PORT", word);
	*colon = '\0';
	if (word[0] == '[' && colon > word && colon[-1] == ']') {
		colon[-1] = '\0';
		address++;
	}
	if (!ipaddr_aton(address, &u->ip))
		return bad("'%s' is no address", address);
	return port(colon + 1, &u->port);
}

static int take_server(char **word, unsigned int n)
{
	struct server *s = &config.server[config.n_servers];
	unsigned int i = 4;

	if (n < 5)
		return bad("server NAME CHAIN KEY [proxy2] ADDRESS:PORT...");
	if (config.n_servers == MAX_SERVERS)
		return bad("more than %d servers", MAX_SERVERS);
	if (strlen(word[1]) >= MAX_NAME)
		return bad("a name of more than %d bytes", MAX_NAME - 1);
	if (identity_find(word[1], strlen(word[1])))
		return bad("a second server '%s'", word[1]);
	strcpy(s->name, word[1]);
	if (strcmp(word[i], "proxy2") == 0) {
		s->proxy2 = true;
		i++;
	}
	for (; i < n; i++) {
		if (s->n_up == MAX_UPSTREAMS)
			return bad("more than %d upstreams", MAX_UPSTREAMS);
		if (upstream(word[i], &s->up[s->n_up++]))
			return -1;
	}
	if (s->n_up == 0)
		return bad("a server without an upstream");
	if (uk_tls_identity_load(&s->id, word[2], word[3]))
		return bad("server '%s' cannot be", s->name);
	config.n_servers++;
	return 0;
}

static int take_alpn(char **word, unsigned int n)
{
	unsigned int i = 0;
	char *p;

	if (n != 2 || strlen(word[1]) >= sizeof(config.alpn_text))
		return bad("alpn PROTOCOL[,PROTOCOL]..., %zu bytes at most",
			   sizeof(config.alpn_text) - 1);
	strcpy(config.alpn_text, word[1]);
	for (p = strtok(config.alpn_text, ","); p; p = strtok(NULL, ",")) {
		if (i == MAX_ALPN)
			return bad("more than %d protocols", MAX_ALPN);
		config.alpn[i++] = p;
	}
	config.alpn[i] = NULL;
	return 0;
}

static int take_timeout(char **word, unsigned int n)
{
	static const struct {
		const char *name;
		unsigned int *v;
	} kinds[] = {
		{ "handshake", &config.handshake_s },
		{ "connect", &config.connect_s },
		{ "idle", &config.idle_s },
		{ "drain", &config.drain_s },
	};
	unsigned int i;

	for (i = 0; n == 3 && i < UK_ARRAY_SIZE(kinds); i++)
		if (strcmp(word[1], kinds[i].name) == 0)
			return number(word[2], 1, 86400, kinds[i].v);
	return bad("timeout handshake|connect|idle|drain SECONDS");
}

static int take(char **word, unsigned int n)
{
	const char *c = word[0];

	if (strcmp(c, "server") == 0)
		return take_server(word, n);
	if (strcmp(c, "alpn") == 0)
		return take_alpn(word, n);
	if (strcmp(c, "timeout") == 0)
		return take_timeout(word, n);
	if (n != 2)
		return bad("'%s': no such command, or not with %u words", c,
			   n - 1);
	if (strcmp(c, "listen") == 0)
		return port(word[1], &config.port);
	if (strcmp(c, "control") == 0)
		return port(word[1], &config.control);
	if (strcmp(c, "tickets") == 0)
		return number(word[1], 0, 604800, &config.tickets_s);
	if (strcmp(c, "connections") == 0)
		return number(word[1], 1, CONFIG_LIBLWIP_CONNECTIONS / 2,
			      &config.connections);
	return bad("'%s': no such command", c);
}

static int take_line(const char *text, size_t len)
{
	char line[MAX_LINE], *word[MAX_WORDS], *p, *save = NULL;
	unsigned int n = 0;

	if (len >= sizeof(line) || memchr(text, '\0', len))
		return bad("too long, or no text");
	memcpy(line, text, len);
	line[len] = '\0';
	line[strcspn(line, "#")] = '\0';
	for (p = strtok_r(line, " \t\r", &save); p;
	     p = strtok_r(NULL, " \t\r", &save)) {
		if (n == MAX_WORDS)
			return bad("too many words");
		word[n++] = p;
	}
	return n ? take(word, n) : 0;
}

int config_read(const char *file)
{
	struct uk_initrd_file f;
	const char *p, *end, *eol;
	int rc = uk_initrd_find(file, &f);

	if (rc) {
		printf("tls-proxy: %s: %s\n", file,
		       rc == -ENODEV ? "there is no initrd "
		       "(support/run/initrd makes one, QEMU: -initrd)" :
		       rc == -ENOENT ? "not in the initrd" :
		       "the initrd is no cpio archive, or is cut off");
		return -1;
	}
	file_name = file;
	config.server = calloc(MAX_SERVERS, sizeof(*config.server));
	if (!config.server)
		return bad("no memory for servers");
	for (p = f.data, end = p + f.len; p < end; p = eol + 1) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (!eol)
			eol = end;
		line_nr++;
		if (take_line(p, (size_t)(eol - p)))
			return -1;
	}
	return config.n_servers ? 0 : bad("no server");
}
