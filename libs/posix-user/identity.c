/* SPDX-License-Identifier: BSD-3-Clause */
/* Real, effective and saved number of user and group, as POSIX has them. */
#include <stdbool.h>
#include <stdint.h>
#include <uk/syscall.h>

#define SAME UINT32_MAX

struct who {
	uint32_t real, now, saved;
};

static struct who user, group;

/* User 0 may become anybody, others only who they have been. */
static bool may(const struct who *w, uint32_t id)
{
	return id == SAME || !user.now || id == w->real || id == w->now ||
	       id == w->saved;
}

static int become(struct who *w, uint32_t real, uint32_t now, uint32_t saved)
{
	if (!may(w, real) || !may(w, now) || !may(w, saved))
		return -EPERM;
	if (real != SAME)
		w->real = real;
	if (now != SAME)
		w->now = now;
	if (saved != SAME)
		w->saved = saved;
	return 0;
}

static int set(struct who *w, uint32_t id)
{
	if (id == SAME)
		return -EINVAL;
	return user.now ? become(w, SAME, id, SAME) : become(w, id, id, id);
}

static int tell(const struct who *w, uint32_t *real, uint32_t *now,
		uint32_t *saved)
{
	*real = w->real;
	*now = w->now;
	*saved = w->saved;
	return 0;
}

UK_SYSCALL_R_DEFINE(long, getuid)
{
	return user.real;
}

UK_SYSCALL_R_DEFINE(long, geteuid)
{
	return user.now;
}

UK_SYSCALL_R_DEFINE(long, getgid)
{
	return group.real;
}

UK_SYSCALL_R_DEFINE(long, getegid)
{
	return group.now;
}

UK_SYSCALL_R_DEFINE(int, setuid, uint32_t, id)
{
	return set(&user, id);
}

UK_SYSCALL_R_DEFINE(int, setgid, uint32_t, id)
{
	return set(&group, id);
}

UK_SYSCALL_R_DEFINE(int, setreuid, uint32_t, real, uint32_t, now)
{
	return become(&user, real, now, now);
}

UK_SYSCALL_R_DEFINE(int, setregid, uint32_t, real, uint32_t, now)
{
	return become(&group, real, now, now);
}

UK_SYSCALL_R_DEFINE(int, setresuid, uint32_t, real, uint32_t, now,
		    uint32_t, saved)
{
	return become(&user, real, now, saved);
}

UK_SYSCALL_R_DEFINE(int, setresgid, uint32_t, real, uint32_t, now,
		    uint32_t, saved)
{
	return become(&group, real, now, saved);
}

UK_SYSCALL_R_DEFINE(int, getresuid, uint32_t *, real, uint32_t *, now,
		    uint32_t *, saved)
{
	return tell(&user, real, now, saved);
}

UK_SYSCALL_R_DEFINE(int, getresgid, uint32_t *, real, uint32_t *, now,
		    uint32_t *, saved)
{
	return tell(&group, real, now, saved);
}

/* There are no others to be in. */
UK_SYSCALL_R_DEFINE(int, getgroups, int, n, uint32_t *, list)
{
	(void)list;
	return n < 0 ? -EINVAL : 0;
}

UK_SYSCALL_R_DEFINE(int, setgroups, size_t, n, const uint32_t *, list)
{
	(void)n, (void)list;
	return user.now ? -EPERM : 0;
}
