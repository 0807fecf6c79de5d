/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A guest of Xen without xl: built with libxenctrl and libxenguest, its console
 * served here, its devices announced in xenstore only if it has any. Runs in
 * dom0, as root. The parts:
 *
 *   build.c    from an image to a domain that waits to be unpaused
 *   tables.c   ... with little memory
 *   keep.c     shells made before they are needed, for who asks by a socket
 *   store.c    what the guest and the back ends read in xenstore
 *   watch.c    its console, until it stops; how it stopped
 *   main.c     options
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What is wanted. */
struct guest {
	const char *kernel, *ramdisk, *cmdline;
	bool pvh;			/* else PV */
	unsigned int kib;		/* of memory */
	const char *mac, *bridge;	/* mac NULL: no card */
	const char *disk;		/* a block device; NULL: none */
	bool store;			/* known to xenstored */
	const char *request;		/* for control/shutdown, or NULL */
};

/* What it became. */
struct domain {
	uint32_t id;
	unsigned int console_port, store_port;
	uint64_t console_frame, store_frame;	/* machine frames */
	struct xc_dom_image *dom;		/* while it is built */
};

/* Say what failed, with errno, and end with status 125. */
_Noreturn void give_up(const char *what);
/* With -v: what has been done, and the milliseconds since the last one. */
void mark(const char *what);

/*
 * build.c: a shell is a domain with memory and no image; filled, it waits to be
 * unpaused. 0, or -1 with *what set; then too d->id may be a domain (not 0).
 * A shell knows of *g the kind and size alone.
 */
int build_shell(const struct guest *g, struct domain *d, const char **what);
int build_fill(const struct guest *g, struct domain *d, const char **what);
/* build.c: once; give_up() if the hypervisor does not answer. */
void build_open(void);
int unpause(const struct domain *d);
void destroy(const struct domain *d);
/* build.c: has it stopped? Its reason (sched.h: SHUTDOWN_*), -1 = it runs,
 * -2 = it is gone. */
int stopped(const struct domain *d);
void *map_frame(const struct domain *d, uint64_t frame);

/* tables.c: for less than 4 MiB, once that is known. */
struct xc_dom_image;
void tables_exact(struct xc_dom_image *dom);

/* keep.c: have so many shells ready, and serve requests on a socket at that
 * path. Does not return. */
_Noreturn void keep(const struct guest *g, unsigned int shells,
		    const char *path);
/* Pass words on to who keeps shells there, and print the answer. 0 or -1. */
int keep_ask(const char *path, char **word);

/* store.c: announce the domain and its devices, and take that back. */
int store_announce(const struct guest *g, const struct domain *d);
void store_withdraw(const struct domain *d);
/* Ask it to stop, in the way of that word. */
int store_request(const struct domain *d, const char *word);

/* watch.c: pass the console on, both ways, until the domain stops or so many
 * seconds are over. As stopped(), or -1 for the latter. A request is made once
 * it has been silent for a second. */
int watch(const struct guest *g, const struct domain *d, unsigned int seconds,
	  bool input);
