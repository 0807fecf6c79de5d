/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finding a string in another by the two-way method of Crochemore and Perrin:
 * the needle is cut where its local period equals its global one; its right
 * part is compared upwards, then its left part downwards. At most 2n steps,
 * and no memory.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/*
 * Start of the needle's largest suffix under the byte order (or, with
 * `reversed`, under the opposite one), and that suffix's period.
 */
static size_t max_suffix(const unsigned char *x, size_t len, bool reversed,
			 size_t *period)
{
	size_t start = 0, candidate = 1, k = 0, p = 1;

	while (candidate + k < len) {
		unsigned char best = x[start + k], next = x[candidate + k];

		if (best == next) {
			if (++k == p) {
				candidate += p;
				k = 0;
			}
		} else if ((next < best) != reversed) {
			/* The candidate is smaller: the period grows to it. */
			candidate += k + 1;
			k = 0;
			p = candidate - start;
		} else {
			start = candidate++;
			k = 0;
			p = 1;
		}
	}
	*period = p;
	return start;
}

void *memmem(const void *hay, size_t hay_len, const void *needle,
	     size_t needle_len)
{
	const unsigned char *h = hay, *x = needle;
	size_t cut, other, period, other_period, at = 0, known = 0, i;
	bool periodic;

	if (needle_len == 0)
		return (void *)(uintptr_t)h;
	cut = max_suffix(x, needle_len, false, &period);
	other = max_suffix(x, needle_len, true, &other_period);
	if (other > cut) {
		cut = other;
		period = other_period;
	}
	periodic = cut + period <= needle_len && !memcmp(x, x + period, cut);
	if (!periodic)
		period = (cut > needle_len - cut ? cut : needle_len - cut) + 1;

	/* known: how many bytes at `at` are already seen to match. */
	while (hay_len >= needle_len && at <= hay_len - needle_len) {
		for (i = cut > known ? cut : known;
		     i < needle_len && x[i] == h[at + i]; i++)
			;
		if (i < needle_len) {
			at += i - cut + 1;
			known = 0;
			continue;
		}
		for (i = cut; i > known && x[i - 1] == h[at + i - 1]; i--)
			;
		if (i <= known)
			return (void *)(uintptr_t)(h + at);
		at += period;
		known = periodic ? needle_len - period : 0;
	}
	return NULL;
}

char *strstr(const char *hay, const char *needle)
{
	return memmem(hay, strlen(hay), needle, strlen(needle));
}

/* Quadratic for an adversary's input: for short strings such as headers. */
char *strcasestr(const char *hay, const char *needle)
{
	size_t n = strlen(needle);

	for (; strncasecmp(hay, needle, n); hay++)
		if (!*hay)
			return NULL;
	return (char *)(uintptr_t)hay;
}
