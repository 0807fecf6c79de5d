/* SPDX-License-Identifier: BSD-3-Clause */
/* The console: a page of two rings that the guest shares. What it says there
 * is checked, as it may be anything. */
#include "xenrun.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>
#include <xenctrl.h>
#include <xenevtchn.h>
#include <xen/io/console.h>

#define LOOK_MS 20	/* how often the domain is asked after */
#define SILENT 50	/* looks: a second */

static volatile struct xencons_interface *ring;
static xenevtchn_handle *events;
static int port;

static void barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* What the guest wrote, out; how much that was. */
static unsigned int drain(void)
{
	uint32_t at = ring->out_cons, end = ring->out_prod;
	char buf[sizeof(ring->out)];
	unsigned int n = 0, done = 0;
	ssize_t rc;

	barrier();
	if (end - at > sizeof(ring->out))
		return 0;
	while (at != end)
		buf[n++] = ring->out[MASK_XENCONS_IDX(at++, ring->out)];
	if (!n)
		return 0;
	barrier();
	ring->out_cons = at;
	xenevtchn_notify(events, port);
	while (done < n) {
		rc = write(1, buf + done, n - done);
		if (rc <= 0)
			break;
		done += (unsigned int)rc;
	}
	return n;
}

static uint32_t room(void)
{
	uint32_t used = ring->in_prod - ring->in_cons;

	return used < sizeof(ring->in) ? (uint32_t)sizeof(ring->in) - used : 0;
}

/* What is typed, in. false: nothing more will come. */
static bool feed(void)
{
	char buf[sizeof(ring->in)];
	uint32_t at = ring->in_prod;
	ssize_t i, n = read(0, buf, room());

	if (n <= 0)
		return false;
	for (i = 0; i < n; i++)
		ring->in[MASK_XENCONS_IDX(at++, ring->in)] = buf[i];
	barrier();
	ring->in_prod = at;
	xenevtchn_notify(events, port);
	return true;
}

static time_t seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void open_console(const struct domain *d)
{
	events = xenevtchn_open(NULL, 0);
	ring = map_frame(d, d->console_frame);
	port = events ? xenevtchn_bind_interdomain(events, d->id,
						   d->console_port) : -1;
	if (!ring || port < 0)
		give_up("the console of the guest");
}

int watch(const struct guest *g, const struct domain *d, unsigned int seconds,
	  bool input)
{
	time_t end = seconds_now() + seconds;
	const char *request = g->request;
	unsigned int silent = 0;
	bool first = true;
	int state, p;

	open_console(d);
	if (unpause(d))
		give_up("the guest does not start");
	mark("started");
	do {
		struct pollfd fd[2] = {
			{ xenevtchn_fd(events), POLLIN, 0 }, { 0, POLLIN, 0 }
		};

		if (poll(fd, input && room() ? 2 : 1, LOOK_MS) > 0) {
			if (fd[0].revents) {
				p = xenevtchn_pending(events);
				if (p >= 0)
					xenevtchn_unmask(events,
							 (unsigned int)p);
			}
			if (fd[1].revents)
				input = feed();
		}
		state = stopped(d);	/* first: its last words count */
		if (drain()) {
			if (first)
				mark("first words");
			first = false;
			silent = 0;
			continue;
		}
		if (request && !first && ++silent == SILENT) {
			if (store_request(d, request))
				give_up("xenstore");
			request = NULL;
		}
		if (state != -1)
			break;
	} while (seconds_now() < end);
	mark("over");
	return state;
}
