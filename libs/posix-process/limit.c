/* SPDX-License-Identifier: BSD-3-Clause */
/* What the process may use, and what it has used. */
#include <stdint.h>
#include <uk/config.h>
#include <uk/frame.h>
#include <uk/plat.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/time.h>

#define UNLIMITED UINT64_MAX
#ifdef CONFIG_LIBPOSIX_FDTAB_SIZE
#define DESCRIPTORS CONFIG_LIBPOSIX_FDTAB_SIZE
#else
#define DESCRIPTORS 1024
#endif

enum { STACK = 3, CORE = 4, FILES = 7, KINDS = 16 };

/* As the kernel lays them out. */
struct limit {
	uint64_t now, most;
};

struct usage {
	int64_t user_sec, user_usec, system_sec, system_usec;
	int64_t more[14];
};

struct info {
	int64_t uptime;
	uint64_t loads[3], total, free, shared, buffered, swap, swap_free;
	uint16_t processes, pad;
	uint64_t high, high_free;
	uint32_t unit;
};
UK_CTASSERT(sizeof(struct info) == 112);

static struct limit limit_of(int kind)
{
	switch (kind) {
	case STACK:
		return (struct limit){ CONFIG_LIBUKBOOT_STACK_KIB * 1024ul,
				       CONFIG_LIBUKBOOT_STACK_KIB * 1024ul };
	case CORE:
		return (struct limit){ 0, 0 };
	case FILES:
		return (struct limit){ DESCRIPTORS, DESCRIPTORS };
	default:
		return (struct limit){ UNLIMITED, UNLIMITED };
	}
}

/* Asking for as much as there is, or less, is granted and changes nothing. */
UK_SYSCALL_R_DEFINE(int, prlimit64, int, pid, int, kind, const struct limit *,
		    set, struct limit *, old)
{
	struct limit is = limit_of(kind);

	if (pid != 0 && pid != 1)
		return -ESRCH;
	if (kind < 0 || kind >= KINDS || (set && set->now > set->most))
		return -EINVAL;
	if (set && set->most > is.most)
		return -EPERM;
	if (old)
		*old = is;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, getrusage, int, who, struct usage *, u)
{
	struct uk_timespec t = uk_time_split(uk_time_ns());

	if (who < -1 || who > 1)
		return -EINVAL;
	memset(u, 0, sizeof(*u));
	if (who == -1)
		return 0;	/* children */
	u->user_sec = t.sec;
	u->user_usec = t.nsec / 1000;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, sysinfo, struct info *, i)
{
	struct uk_frame_stats st;

	uk_frame_stats(&st);
	memset(i, 0, sizeof(*i));
	i->uptime = uk_time_split(uk_time_ns()).sec;
	i->total = st.total;
	i->free = st.free;
	i->processes = 1;
	i->unit = UK_PAGE_SIZE;
	return 0;
}

enum { SET_NAME = 15, GET_NAME = 16 };

/* A name is taken and forgotten: threads have theirs from who made them. */
UK_SYSCALL_R_DEFINE(int, prctl, int, what, unsigned long, a, unsigned long, b,
		    unsigned long, c, unsigned long, d)
{
	(void)b, (void)c, (void)d;
	if (what == GET_NAME)
		memset((void *)a, 0, 16);
	return what == SET_NAME || what == GET_NAME ? 0 : -EINVAL;
}
