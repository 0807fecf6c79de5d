/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdint.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/iter.h>
#include <uk/str.h>

#define MOST 0x7ffff000u	/* bytes of one transfer, those of Linux */

int uk_iter_init(struct uk_iter *it, const struct uk_iovec *v, long n)
{
	size_t sum = 0;

	if (n < 0 || n > UK_IOVEC_MAX)
		return -EINVAL;
	for (long i = 0; i < n; i++)
		if (__builtin_add_overflow(sum, v[i].len, &sum) ||
		    sum > PTRDIFF_MAX)
			return -EINVAL;
	*it = (struct uk_iter){ v, 0, UK_MIN(sum, (size_t)MOST) };
	return 0;
}

void *uk_iter_next(const struct uk_iter *it, size_t *len)
{
	const struct uk_iovec *v = it->v;
	size_t skip = it->skip;

	*len = 0;
	if (!it->left)
		return NULL;
	for (; v->len == skip; v++)
		skip = 0;
	*len = UK_MIN(v->len - skip, it->left);
	return (char *)v->base + skip;
}

void uk_iter_skip(struct uk_iter *it, size_t n)
{
	n = UK_MIN(n, it->left);
	it->left -= n;
	while (n) {
		size_t here = UK_MIN(it->v->len - it->skip, n);

		it->skip += here;
		n -= here;
		if (it->skip == it->v->len) {
			it->v++;
			it->skip = 0;
		}
	}
}

size_t uk_iter_put(struct uk_iter *it, const void *from, size_t n)
{
	size_t done = 0, len;
	void *p;

	while (done < n && (p = uk_iter_next(it, &len))) {
		len = UK_MIN(len, n - done);
		memcpy(p, (const char *)from + done, len);
		uk_iter_skip(it, len);
		done += len;
	}
	return done;
}

size_t uk_iter_get(struct uk_iter *it, void *to, size_t n)
{
	size_t done = 0, len;
	const void *p;

	while (done < n && (p = uk_iter_next(it, &len))) {
		len = UK_MIN(len, n - done);
		memcpy((char *)to + done, p, len);
		uk_iter_skip(it, len);
		done += len;
	}
	return done;
}

size_t uk_iter_zero(struct uk_iter *it, size_t n)
{
	size_t done = 0, len;
	void *p;

	while (done < n && (p = uk_iter_next(it, &len))) {
		len = UK_MIN(len, n - done);
		memset(p, 0, len);
		uk_iter_skip(it, len);
		done += len;
	}
	return done;
}
