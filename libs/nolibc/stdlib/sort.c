/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * qsort and bsearch. Quicksort with a median as pivot, until a range has
 * been divided more often than a good one ever is: the rest of it goes to
 * heapsort. No index leaves the array, whatever a wrong comparison says.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 8		/* elements that insertion sorts faster */
#define MEDIUM 40	/* from here on the pivot is the median of nine */

struct order {
	size_t size;
	int (*cmp)(const void *a, const void *b, void *arg);
	void *arg;
};

struct range {
	char *base;
	size_t n;
	unsigned int divisions; /* that are left */
};

static void swap(char *a, char *b, size_t size)
{
	uint64_t x, y;
	char c;

	for (; size >= sizeof(x); size -= sizeof(x)) {
		memcpy(&x, a, sizeof(x));
		memcpy(&y, b, sizeof(y));
		memcpy(a, &y, sizeof(y));
		memcpy(b, &x, sizeof(x));
		a += sizeof(x);
		b += sizeof(y);
	}
	for (; size; size--) {
		c = *a;
		*a++ = *b;
		*b++ = c;
	}
}

static int compare(const struct order *o, const char *a, const char *b)
{
	return o->cmp(a, b, o->arg);
}

static void insertion_sort(const struct order *o, char *base, size_t n)
{
	char *end = base + n * o->size, *p, *q;

	for (p = base + o->size; p < end; p += o->size)
		for (q = p; q > base && compare(o, q - o->size, q) > 0;
		     q -= o->size)
			swap(q - o->size, q, o->size);
}

static void sift_down(const struct order *o, char *base, size_t i, size_t n)
{
	size_t kid;

	for (; (kid = 2 * i + 1) < n; i = kid) {
		char *k = base + kid * o->size;

		if (kid + 1 < n && compare(o, k, k + o->size) < 0) {
			kid++;
			k += o->size;
		}
		if (compare(o, base + i * o->size, k) >= 0)
			return;
		swap(base + i * o->size, k, o->size);
	}
}

static void heap_sort(const struct order *o, char *base, size_t n)
{
	size_t i;

	for (i = n / 2; i--;)
		sift_down(o, base, i, n);
	for (i = n; --i;) {
		swap(base, base + i * o->size, o->size);
		sift_down(o, base, 0, i);
	}
}

static char *median3(const struct order *o, char *a, char *b, char *c)
{
	if (compare(o, a, b) < 0)
		return compare(o, b, c) < 0 ? b : compare(o, a, c) < 0 ? c : a;
	return compare(o, a, c) < 0 ? a : compare(o, b, c) < 0 ? c : b;
}

static char *choose_pivot(const struct order *o, char *base, size_t n)
{
	char *mid = base + n / 2 * o->size, *last = base + (n - 1) * o->size;
	size_t step = n / 8 * o->size;

	if (n < MEDIUM)
		return median3(o, base, mid, last);
	return median3(o, median3(o, base, base + step, base + 2 * step),
		       median3(o, mid - step, mid, mid + step),
		       median3(o, last - 2 * step, last - step, last));
}

/*
 * Nothing in base[0 ... *left) is greater than the pivot, nothing in
 * base[*right ... n) less. Elements equal to it change sides, so that many of
 * them divide evenly. The pivot moves along with the elements.
 */
static void partition(const struct order *o, char *base, size_t n,
		      size_t *left, size_t *right)
{
	char *pivot = choose_pivot(o, base, n);
	size_t i = 0, j = n;	/* not yet looked at: i ... j - 1 */

	for (;;) {
		char *low, *high;

		while (i < n && compare(o, base + i * o->size, pivot) < 0)
			i++;
		while (j && compare(o, base + (j - 1) * o->size, pivot) > 0)
			j--;
		if (i >= j)
			break;
		low = base + i++ * o->size;
		high = base + --j * o->size;
		if (low == high)
			break;
		swap(low, high, o->size);
		if (pivot == low)
			pivot = high;
		else if (pivot == high)
			pivot = low;
	}
	*left = j;
	*right = i;
}

void qsort_r(void *base, size_t n, size_t size,
	     int (*cmp)(const void *a, const void *b, void *arg), void *arg)
{
	const struct order o = { size, cmp, arg };
	/* The larger part waits here: each is at most half of the one below. */
	struct range waiting[8 * sizeof(size_t)], r;
	unsigned int n_waiting = 0;

	if (n < 2 || !size)
		return;
	r.base = base;
	r.n = n;
	r.divisions = 2 * (8 * sizeof(long) -
			   (unsigned int)__builtin_clzl(n));
	for (;;) {
		struct range left = r, right = r;

		if (r.n <= SMALL || !r.divisions) {
			if (r.n <= SMALL)
				insertion_sort(&o, r.base, r.n);
			else
				heap_sort(&o, r.base, r.n);
			if (!n_waiting)
				return;
			r = waiting[--n_waiting];
			continue;
		}
		partition(&o, r.base, r.n, &left.n, &right.n);
		right.base += right.n * size;
		right.n = r.n - right.n;
		left.divisions = right.divisions = r.divisions - 1;
		r = left.n < right.n ? left : right;
		waiting[n_waiting++] = left.n < right.n ? right : left;
	}
}

/* A function pointer does not pass through void *: its address does. */
static int plain(const void *a, const void *b, void *arg)
{
	int (**cmp)(const void *, const void *) = arg;

	return (*cmp)(a, b);
}

void qsort(void *base, size_t n, size_t size,
	   int (*cmp)(const void *a, const void *b))
{
	qsort_r(base, n, size, plain, &cmp);
}

void *bsearch(const void *key, const void *base, size_t n, size_t size,
	      int (*cmp)(const void *key, const void *elem))
{
	const char *low = base;

	while (n) {
		const char *mid = low + n / 2 * size;
		int c = cmp(key, mid);

		if (c == 0)
			return (void *)(uintptr_t)mid;
		if (c > 0) {
			low = mid + size;
			n--;
		}
		n /= 2;
	}
	return NULL;
}
