/* SPDX-License-Identifier: BSD-3-Clause */
/* The older form of poll: sets of descriptors, a bit each. */
#include <uk/alloc.h>
#include <uk/config.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/time.h>
#include "fdtab.h"

#define NVAL 0x20
#define MOST 1024	/* bits of a set that a C library has */
#define WORD 64

/* What each of the three sets asks for, and what answers it. */
static const struct {
	int16_t ask, answer;
} sets[3] = {
	{ UK_POLL_IN, UK_POLL_IN | UK_POLL_HUP | UK_POLL_ERR },
	{ UK_POLL_OUT, UK_POLL_OUT | UK_POLL_ERR },
	{ UK_POLL_PRI, UK_POLL_PRI },
};

struct timeval {
	int64_t sec, usec;
};

static bool has(const uint64_t *set, int fd)
{
	return set && set[fd / WORD] >> fd % WORD & 1;
}

/* How many are asked about; each has its place at p. */
static unsigned int gather(int n, uint64_t *const set[3], struct pollfd *p)
{
	unsigned int count = 0;

	for (int fd = 0; fd < n; fd++) {
		int16_t events = 0;

		for (int s = 0; s < 3; s++)
			if (has(set[s], fd))
				events |= sets[s].ask;
		if (events)
			p[count++] = (struct pollfd){ fd, events, 0 };
	}
	return count;
}

static int answer(int n, uint64_t *const set[3], const struct pollfd *p,
		  unsigned int count)
{
	int bits = 0;

	for (int s = 0; s < 3; s++) {
		if (!set[s])
			continue;
		memset(set[s], 0, UK_ALIGN_UP((size_t)n, WORD) / 8);
		for (unsigned int i = 0; i < count; i++) {
			if (!(p[i].events & sets[s].ask) ||
			    !(p[i].revents & sets[s].answer))
				continue;
			set[s][p[i].fd / WORD] |= 1ull << p[i].fd % WORD;
			bits++;
		}
	}
	return bits;
}

static int select_until(int n, uint64_t *const set[3], uint64_t until)
{
	unsigned int count;
	struct pollfd *p;
	int rc;

	if (n < 0 || n > MOST)
		return -EINVAL;
	/* What lies behind the table is looked at once, and is not there. */
	p = uk_calloc(NULL, (size_t)n + 1, sizeof(*p));
	if (!p)
		return -ENOMEM;
	count = gather(n, set, p);
	rc = count > CONFIG_LIBPOSIX_FDTAB_SIZE ? -EBADF :
		poll_until(p, count, until);
	for (unsigned int i = 0; i < count; i++)
		if (p[i].revents & NVAL)
			rc = -EBADF;
	if (rc >= 0)
		rc = answer(n, set, p, count);
	uk_free(NULL, p);
	return rc;
}

UK_SYSCALL_R_DEFINE(int, select, int, n, uint64_t *, in, uint64_t *, out,
		    uint64_t *, except, struct timeval *, tv)
{
	uint64_t *const set[3] = { in, out, except };
	const struct timespec ts = { tv ? tv->sec : 0,
				     tv ? tv->usec * 1000 : 0 };
	uint64_t until, now;
	int rc;

	if (tv && (tv->usec < 0 || tv->usec >= 1000000))
		return -EINVAL;
	rc = until_of(tv ? &ts : NULL, &until);
	if (rc)
		return rc;
	rc = select_until(n, set, until);
	if (tv) {	/* what is left of it, as on Linux */
		struct uk_timespec left;

		now = uk_time_ns();
		left = uk_time_split(until > now ? until - now : 0);
		*tv = (struct timeval){ left.sec, left.nsec / 1000 };
	}
	return rc;
}

/* What the sixth argument points to. */
struct mask {
	const uint64_t *set;
	size_t size;
};

UK_SYSCALL_R_DEFINE(int, pselect6, int, n, uint64_t *, in, uint64_t *, out,
		    uint64_t *, except, const struct timespec *, ts,
		    const struct mask *, mask)
{
	uint64_t *const set[3] = { in, out, except };
	const struct mask none = { NULL, 0 };
	uint64_t until, before;
	int rc = until_of(ts, &until);

	if (!mask)
		mask = &none;
	if (!rc)
		rc = mask_begin(mask->set, mask->size, &before);
	if (rc)
		return rc;
	rc = select_until(n, set, until);
	mask_end(mask->set, before);
	return rc;
}
