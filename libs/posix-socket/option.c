/* SPDX-License-Identifier: BSD-3-Clause */
/* Options: those of all sockets here, others by their driver. */
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/time.h>
#include "socket.h"

enum {
	SO_TYPE = 3, SO_ERROR = 4, SO_LINGER = 13, SO_RCVTIMEO = 20,
	SO_SNDTIMEO = 21, SO_ACCEPTCONN = 30, SO_PROTOCOL = 38, SO_DOMAIN = 39,
};

struct timeval {
	int64_t sec, usec;
};
struct linger {
	int on, seconds;
};

static int set_time(uint64_t *ns, const void *value, int len)
{
	struct timeval tv;
	uint64_t t;

	if (len < (int)sizeof(tv))
		return -EINVAL;
	memcpy(&tv, value, sizeof(tv));
	if (tv.usec < 0 || tv.usec >= 1000000)
		return -EDOM;
	if (__builtin_mul_overflow((uint64_t)UK_MAX(tv.sec, (int64_t)0),
				   UK_NSEC_PER_SEC, &t))
		t = 0;	/* longer than anything lasts: for ever */
	else
		t += (uint64_t)tv.usec * UK_NSEC_PER_USEC;
	*ns = t;
	return 0;
}

static int set(struct uk_socket *s, int level, int name, const void *value,
	       int len)
{
	struct linger linger;
	int v;

	if (!value || len < 1)
		return -EINVAL;
	if (level == UK_SOL_SOCKET && name == SO_RCVTIMEO)
		return set_time(&s->file.read_ns, value, len);
	if (level == UK_SOL_SOCKET && name == SO_SNDTIMEO)
		return set_time(&s->file.write_ns, value, len);
	if (level == UK_SOL_SOCKET && name == SO_LINGER) {
		if (len < (int)sizeof(linger))
			return -EINVAL;
		memcpy(&linger, value, sizeof(linger));
		s->linger = linger.on;
		s->linger_s = linger.seconds;
		return 0;
	}
	/* Some of IP's may be one byte. */
	if (len < (int)sizeof(v)) {
		if (level == UK_SOL_SOCKET)
			return -EINVAL;
		v = *(const uint8_t *)value;
	} else {
		memcpy(&v, value, sizeof(v));
	}
	return s->ops->set ? s->ops->set(s, level, name, v) : -ENOPROTOOPT;
}

UK_SYSCALL_R_DEFINE(int, setsockopt, int, fd, int, level, int, name,
		    const void *, value, int, len)
{
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = set(s, level, name, value, len);
	socket_put(s);
	return rc;
}

/* One that is a number. */
static int number(struct uk_socket *s, int level, int name, int *v)
{
	if (level != UK_SOL_SOCKET)
		return s->ops->get ? s->ops->get(s, level, name, v) :
			-ENOPROTOOPT;
	switch (name) {
	case SO_TYPE:
		*v = s->type;
		return 0;
	case SO_ERROR:
		*v = -socket_error(s);
		return 0;
	case SO_ACCEPTCONN:
		*v = s->listening;
		return 0;
	case SO_PROTOCOL:
		*v = s->protocol;
		return 0;
	case SO_DOMAIN:
		*v = s->family;
		return 0;
	default:
		return s->ops->get ? s->ops->get(s, level, name, v) :
			-ENOPROTOOPT;
	}
}

static struct timeval time_of(uint64_t ns)
{
	struct uk_timespec t = uk_time_split(ns);

	return (struct timeval){ t.sec, t.nsec / 1000 };
}

static int get(struct uk_socket *s, int level, int name, void *value, int *len)
{
	union {
		struct timeval time;
		struct linger linger;
		int number;
	} u;
	int n = sizeof(u.number), rc = 0;

	if (!value || !len || *len < 0)
		return -EINVAL;
	memset(&u, 0, sizeof(u));
	if (level == UK_SOL_SOCKET &&
	    (name == SO_RCVTIMEO || name == SO_SNDTIMEO)) {
		u.time = time_of(name == SO_RCVTIMEO ? s->file.read_ns :
				 s->file.write_ns);
		n = sizeof(u.time);
	} else if (level == UK_SOL_SOCKET && name == SO_LINGER) {
		u.linger = (struct linger){ s->linger, s->linger_s };
		n = sizeof(u.linger);
	} else {
		rc = number(s, level, name, &u.number);
	}
	if (rc)
		return rc;
	*len = UK_MIN(*len, n);
	memcpy(value, &u, (size_t)*len);
	return 0;
}

UK_SYSCALL_R_DEFINE(int, getsockopt, int, fd, int, level, int, name,
		    void *, value, int *, len)
{
	struct uk_socket *s;
	int rc = socket_get(fd, &s);

	if (rc)
		return rc;
	rc = get(s, level, name, value, len);
	socket_put(s);
	return rc;
}
