/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Shifts of 128 bits: GCC calls these where it optimises for size. n < 128.
 */
#include <stdint.h>

typedef unsigned __int128 u128;

u128 __ashlti3(u128 v, int n);
u128 __lshrti3(u128 v, int n);
__int128 __ashrti3(__int128 v, int n);

union halves {
	u128 whole;
	uint64_t half[2];	/* the lower one first */
};

u128 __ashlti3(u128 v, int n)
{
	union halves u = { .whole = v };

	if (n >= 64) {
		u.half[1] = u.half[0] << (n - 64);
		u.half[0] = 0;
	} else if (n) {
		u.half[1] = u.half[1] << n | u.half[0] >> (64 - n);
		u.half[0] <<= n;
	}
	return u.whole;
}

/* What comes in at the top are copies of `fill`, 0 or all ones. */
static inline u128 right(u128 v, int n, uint64_t fill)
{
	union halves u = { .whole = v };

	if (n >= 64) {
		u.half[0] = u.half[1];
		u.half[1] = fill;
		n -= 64;
	}
	if (n) {
		u.half[0] = u.half[0] >> n | u.half[1] << (64 - n);
		u.half[1] = u.half[1] >> n | fill << (64 - n);
	}
	return u.whole;
}

u128 __lshrti3(u128 v, int n)
{
	return right(v, n, 0);
}

__int128 __ashrti3(__int128 v, int n)
{
	return (__int128)right((u128)v, n, v < 0 ? UINT64_MAX : 0);
}
