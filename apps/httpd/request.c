/* SPDX-License-Identifier: BSD-3-Clause */
#include "request.h"
#include <string.h>
#include <strings.h>

/* A piece of the request that ends where the next begins. */
struct text {
	const char *p;
	size_t len;
};

/* The word is a literal: most are told apart by their length. */
#define is(t, word) \
	((t).len == sizeof(word) - 1 && memcmp((t).p, word, (t).len) == 0)
#define is_name(t, word) \
	((t).len == sizeof(word) - 1 && strncasecmp((t).p, word, (t).len) == 0)

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct text trim(struct text t)
{
	while (t.len && blank(t.p[0]))
		t.p++, t.len--;
	while (t.len && blank(t.p[t.len - 1]))
		t.len--;
	return t;
}

/* Up to c, which is taken as well; false: there is none. */
static bool cut(struct text *from, char c, struct text *t)
{
	const char *end = memchr(from->p, c, from->len);

	if (!end)
		return false;
	t->p = from->p;
	t->len = (size_t)(end - from->p);
	from->p = end + 1;
	from->len -= t->len + 1;
	return true;
}

/* RFC 9110, section 5.6.2: letters, digits and !#$%&'*+-.^_`|~, a bit for each
 * character. */
static bool token(struct text t)
{
	static const uint32_t allowed[4] = {
		0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff,
	};
	size_t i;

	for (i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c > 127 || !(allowed[c / 32] >> c % 32 & 1))
			return false;
	}
	return t.len > 0;
}

static bool printable(struct text t)
{
	size_t i;

	for (i = 0; i < t.len; i++)
		if (((unsigned char)t.p[i] < ' ' && t.p[i] != '\t') ||
		    t.p[i] == 0x7f)
			return false;
	return true;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Parts that would lead out of, or round about in, the tree of files. */
static bool wanders(const char *path)
{
	const char *part = path, *end;

	for (;; part = end + 1) {
		end = strchr(part, '/');
		if (!end)
			end = part + strlen(part);
		if ((end - part == 1 && part[0] == '.') ||
		    (end - part == 2 && part[0] == '.' && part[1] == '.') ||
		    (end == part && *end == '/'))
			return true;
		if (!*end)
			return false;
	}
}

/* The path of "/a/b%20c?query" */
static int take_target(struct text t, struct request *r)
{
	size_t i, n = 0;

	if (t.len == 0 || t.p[0] != '/')
		return -400;
	for (i = 1; i < t.len && t.p[i] != '?'; i++) {
		int c = (unsigned char)t.p[i];

		if (c == '%') {
			if (t.len - i < 3 || hex(t.p[i + 1]) < 0 ||
			    hex(t.p[i + 2]) < 0)
				return -400;
			c = hex(t.p[i + 1]) << 4 | hex(t.p[i + 2]);
			i += 2;
		}
		if (c <= ' ' || c == 0x7f || c == '\\')
			if (c != ' ')
				return -400;
		if (n == sizeof(r->path) - 1)
			return -414;
		r->path[n++] = (char)c;
	}
	r->path[n] = '\0';
	return wanders(r->path) ? -400 : 0;
}

static int take_line(struct text line, struct request *r, bool *old)
{
	struct text method, target;
	int rc;

	if (!cut(&line, ' ', &method) || !token(method) ||
	    !cut(&line, ' ', &target))
		return -400;
	if (line.len != 8 || memcmp(line.p, "HTTP/", 5) != 0 ||
	    line.p[6] != '.')
		return -400;
	if (line.p[5] != '1')
		return -505;
	*old = line.p[7] == '0';
	r->keep = !*old;
	rc = take_target(target, r);
	if (rc)
		return rc;
	r->head = is(method, "HEAD");
	return r->head || is(method, "GET") ? 0 : -405;
}

/* Digits, and nothing that does not fit */
static bool number(struct text t, uint64_t *v)
{
	size_t i;

	for (*v = 0, i = 0; i < t.len; i++) {
		unsigned int d = (unsigned int)(t.p[i] - '0');

		if (d > 9 || *v > (UINT64_MAX - d) / 10)
			return false;
		*v = *v * 10 + d;
	}
	return t.len > 0;
}

/* One range; several, other units and nonsense are as if nothing was asked
 * (RFC 9110, section 14.2). */
static void take_range(struct text t, struct request *r)
{
	struct text unit, first;

	r->ranged = false;
	if (!cut(&t, '=', &unit))
		return;
	unit = trim(unit);
	if (!is_name(unit, "bytes"))
		return;
	t = trim(t);
	if (!cut(&t, '-', &first))
		return;
	r->first = r->suffix = 0;
	r->last = UINT64_MAX;
	if (first.len == 0) {
		r->ranged = number(t, &r->suffix);
		return;
	}
	if (!number(first, &r->first) || (t.len && !number(t, &r->last)))
		return;
	r->ranged = r->last >= r->first;
}

static void take_connection(struct text t, struct request *r, bool old)
{
	struct text word;

	do {
		if (!cut(&t, ',', &word)) {
			word = t;
			t.len = 0;
		}
		word = trim(word);
		if (is_name(word, "close"))
			r->keep = false;
		else if (old && is_name(word, "keep-alive"))
			r->keep = true;
	} while (t.len);
}

struct seen {
	bool host, range, no_range;
};

static int take_field(struct text line, struct request *r, bool old,
		      struct seen *seen)
{
	struct text name, value;
	uint64_t n;

	/* No folded lines, no space before the colon: what one server takes
	 * for a name, another does not. */
	if (!cut(&line, ':', &name) || !token(name))
		return -400;
	value = trim(line);
	if (!printable(value))
		return -400;
	if (is_name(name, "host")) {
		if (seen->host)
			return -400;
		seen->host = true;
	} else if (is_name(name, "connection")) {
		take_connection(value, r, old);
	} else if (is_name(name, "transfer-encoding")) {
		return -501;
	} else if (is_name(name, "content-length")) {
		/* Nothing here takes a body. */
		if (!number(value, &n))
			return -400;
		if (n > 0)
			return -413;
	} else if (is_name(name, "range")) {
		seen->no_range = seen->range;
		seen->range = true;
		take_range(value, r);
	} else if (is_name(name, "if-range")) {
		/* No validator of ours can match. */
		seen->no_range = true;
	}
	return 0;
}

int request_parse(const char *buf, size_t len, struct request *r)
{
	struct text all = { buf, len }, line;
	struct seen seen = { 0 };
	bool old, first = true;
	int rc;

	memset(r, 0, sizeof(*r));
	for (;;) {
		if (!cut(&all, '\n', &line))
			return len >= REQUEST_MAX ? -431 : 0;
		if (line.len && line.p[line.len - 1] == '\r')
			line.len--;
		/* An empty line in front is forgiven (RFC 9112, 2.2). */
		if (first && line.len == 0)
			continue;
		if (line.len == 0)
			break;
		rc = first ? take_line(line, r, &old) :
			     take_field(line, r, old, &seen);
		if (rc)
			return rc;
		first = false;
	}
	if (!old && !seen.host)
		return -400;
	if (seen.no_range)
		r->ranged = false;
	return (int)(all.p - buf);
}
