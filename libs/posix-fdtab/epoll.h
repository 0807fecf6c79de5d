/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside libposix_fdtab: what epoll(7) keeps. */
#pragma once

#include "fdtab.h"

#define EPOLLONESHOT	(1u << 30)
#define EPOLLET		(1u << 31)

struct epoll {
	struct uk_file file;
	struct uk_link items;	/* all of them */
	struct uk_link ready;	/* those that may have something to tell */
	unsigned int n_quiet;	/* items whose file announces nothing */
	unsigned int n_inner;	/* items that are epolls */
	unsigned int n_outer;	/* epolls that this one is an item of */
};

/* One file, by one descriptor, in one epoll. It has no reference: it goes when
 * the file is closed. */
struct item {
	struct uk_watch watch;
	struct uk_link all;
	struct uk_link ready;	/* points to itself: in no list */
	struct epoll *epoll;
	struct uk_file *file;
	int fd;
	bool off;		/* EPOLLONESHOT, and it was told */
	uint32_t events;
	uint64_t data;		/* the user's */
};

/* As the kernel lays it out on x86_64. */
struct epoll_event {
	uint32_t events;
	uint64_t data;
} UK_PACKED;

/* NULL: f is none. */
struct epoll *epoll_of(struct uk_file *f);
/* -ENOMEM */
int epoll_make(struct epoll **e);
/* The item of f by this descriptor, or NULL. */
struct item *epoll_find(struct epoll *e, struct uk_file *f, int fd);
/* -ENOMEM; -ELOOP: epolls in epolls in epolls. */
int epoll_add(struct epoll *e, struct uk_file *f, int fd,
	      const struct epoll_event *ev);
void epoll_set(struct item *it, const struct epoll_event *ev);
void epoll_remove(struct item *it);
/* What there is now, up to n of it; how many. */
int epoll_collect(struct epoll *e, struct epoll_event *ev, int n);
