/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/essentials.h>
#include <uk/time.h>
#include "head.h"

const char *head_reason(int status)
{
	switch (status) {
	case 200: return "OK";
	case 206: return "Partial Content";
	case 400: return "Bad Request";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 413: return "Content Too Large";
	case 414: return "URI Too Long";
	case 416: return "Range Not Satisfiable";
	case 431: return "Request Header Fields Too Large";
	case 501: return "Not Implemented";
	default: return "HTTP Version Not Supported";
	}
}

/* RFC 9110, section 5.6.7; made anew once a second. */
static const char *date(void)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static char text[40];
	static int64_t made;
	int64_t now = (int64_t)(uk_time_wall() / UK_NSEC_PER_SEC);
	struct uk_date d;

	if (now == made)
		return text;
	made = now;
	uk_time_to_date(now, &d);
	/* 1970-01-01 was a Thursday. */
	snprintf(text, sizeof(text),
		 "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
		 days + 3 * ((now / 86400 + 4) % 7), d.day,
		 months + 3 * (d.month - 1), (int)d.year, d.hour, d.min,
		 d.sec);
	return text;
}

/* What does not fit any more is left out: none of what stands here is so
 * long. */
static void put(struct head *h, const char *text, size_t len)
{
	len = UK_MIN(len, sizeof(h->text) - h->n);
	memcpy(h->text + h->n, text, len);
	h->n += len;
}

static void put_text(struct head *h, const char *text)
{
	put(h, text, strlen(text));
}

static void put_number(struct head *h, size_t v)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + v % 10);
	while (v /= 10);
	put(h, digits + at, sizeof(digits) - at);
}
#define PUT(h, literal) put(h, literal, sizeof(literal) - 1)

void head_make(struct head *h, int status, const char *type, size_t len,
	       const char *more, bool last)
{
	h->n = 0;
	PUT(h, "HTTP/1.1 ");
	put_number(h, (size_t)status);
	PUT(h, " ");
	put_text(h, head_reason(status));
	PUT(h, "\r\nDate: ");
	put_text(h, date());
	PUT(h, "\r\nContent-Type: ");
	put_text(h, type);
	PUT(h, "\r\nContent-Length: ");
	put_number(h, len);
	PUT(h, "\r\n");
	put_text(h, more);
	if (last)
		PUT(h, "Connection: close\r\n");
	PUT(h, "\r\n");
}
