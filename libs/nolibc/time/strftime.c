/* SPDX-License-Identifier: BSD-3-Clause */
/* strftime in the "C" locale. */
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <uk/fmt.h>

struct out {
	char *at;
	size_t left;	/* room for the NUL is not in it */
	bool full;
};

static void put(struct out *o, const char *s, size_t n)
{
	if (n > o->left) {
		o->full = true;
		n = o->left;
	}
	memcpy(o->at, s, n);
	o->at += n;
	o->left -= n;
}

static void number(struct out *o, const char *fmt, long long v)
{
	char buf[24];

	put(o, buf, (size_t)uk_snprintf(buf, sizeof(buf), fmt, v));
}

/* The i-th of the names in list, each closed by a '|'. */
static void name(struct out *o, const char *list, int i, int n, size_t max)
{
	size_t len;

	if (i < 0 || i >= n) {
		put(o, "?", 1);
		return;
	}
	while (i--)
		list = strchr(list, '|') + 1;
	len = strcspn(list, "|");
	put(o, list, len < max ? len : max);
}

static void weekday(struct out *o, const struct tm *tm, size_t max)
{
	name(o, "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|",
	     tm->tm_wday, 7, max);
}

static void month(struct out *o, const struct tm *tm, size_t max)
{
	name(o, "January|February|March|April|May|June|July|August|September|"
		"October|November|December|", tm->tm_mon, 12, max);
}

static int leap(long long y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

/* ISO 8601: week 1 is the one with the year's first Thursday. */
static int iso_week(const struct tm *tm, long long *year)
{
	/* Day of the year of this week's Thursday */
	int thursday = tm->tm_yday - (tm->tm_wday + 6) % 7 + 3;

	*year = tm->tm_year + 1900ll;
	if (thursday < 0) {
		--*year;
		thursday += 365 + leap(*year);
	} else if (thursday >= 365 + leap(*year)) {
		thursday -= 365 + leap(*year);
		++*year;
	}
	return thursday / 7 + 1;
}

static long long modulo(long long v, long long m)
{
	return (v % m + m) % m;
}

static const char *composed(char c)
{
	switch (c) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D': case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'r':
		return "%I:%M:%S %p";
	case 'R':
		return "%H:%M";
	case 'T': case 'X':
		return "%H:%M:%S";
	}
	return NULL;
}

/* The conversions that are one number: *fmt says how it is printed. */
static bool numeric(char c, const struct tm *tm, const char **fmt,
		    long long *v)
{
	long long year = tm->tm_year + 1900ll;
	int hour12 = tm->tm_hour % 12 ? tm->tm_hour % 12 : 12;
	int since_monday = (tm->tm_wday + 6) % 7;
	struct tm copy = *tm;

	*fmt = strchr("ekl", c) ? "%2lld" : c == 'j' ? "%03lld" :
	       strchr("GYsuw", c) ? "%lld" : "%02lld";
	switch (c) {
	case 'C':
		*v = (year - modulo(year, 100)) / 100;
		return true;
	case 'd': case 'e':
		*v = tm->tm_mday;
		return true;
	case 'G': case 'g':
		iso_week(tm, v);
		if (c == 'g')
			*v = modulo(*v, 100);
		return true;
	case 'H': case 'k':
		*v = tm->tm_hour;
		return true;
	case 'I': case 'l':
		*v = hour12;
		return true;
	case 'j':
		*v = tm->tm_yday + 1ll;
		return true;
	case 'm':
		*v = tm->tm_mon + 1ll;
		return true;
	case 'M':
		*v = tm->tm_min;
		return true;
	case 's':
		*v = timegm(&copy);
		return true;
	case 'S':
		*v = tm->tm_sec;
		return true;
	case 'u':
		*v = tm->tm_wday ? tm->tm_wday : 7;
		return true;
	case 'U':
		*v = (tm->tm_yday + 7 - tm->tm_wday) / 7;
		return true;
	case 'V':
		*v = iso_week(tm, &year);
		return true;
	case 'w':
		*v = tm->tm_wday;
		return true;
	case 'W':
		*v = (tm->tm_yday + 7 - since_monday) / 7;
		return true;
	case 'y':
		*v = modulo(year, 100);
		return true;
	case 'Y':
		*v = year;
		return true;
	}
	return false;
}

static bool field(struct out *o, char c, const struct tm *tm)
{
	const char *fmt;
	long long v;

	if (numeric(c, tm, &fmt, &v)) {
		number(o, fmt, v);
		return true;
	}
	switch (c) {
	case '%':
		put(o, "%", 1);
		return true;
	case 'n':
		put(o, "\n", 1);
		return true;
	case 't':
		put(o, "\t", 1);
		return true;
	case 'a': case 'A':
		weekday(o, tm, c == 'a' ? 3 : 16);
		return true;
	case 'b': case 'h': case 'B':
		month(o, tm, c == 'B' ? 16 : 3);
		return true;
	case 'p':
		put(o, tm->tm_hour >= 12 ? "PM" : "AM", 2);
		return true;
	case 'z':
		put(o, "+0000", 5);
		return true;
	case 'Z':
		put(o, "UTC", 3);
		return true;
	}
	return false;
}

static bool expand(struct out *o, const char *fmt, const struct tm *tm)
{
	for (; *fmt; fmt++) {
		const char *whole;

		if (*fmt != '%') {
			put(o, fmt, 1);
			continue;
		}
		fmt++;
		if (*fmt == 'E' || *fmt == 'O')
			fmt++;
		whole = composed(*fmt);
		if (whole ? !expand(o, whole, tm) : !field(o, *fmt, tm))
			return false;
	}
	return true;
}

size_t strftime(char *__restrict buf, size_t size, const char *__restrict fmt,
		const struct tm *__restrict tm)
{
	struct out o = { .at = buf, .left = size - 1 };

	if (!size)
		return 0;
	if (!expand(&o, fmt, tm) || o.full) {
		*buf = 0;
		return 0;
	}
	*o.at = 0;
	return (size_t)(o.at - buf);
}
