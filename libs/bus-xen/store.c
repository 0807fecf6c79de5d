/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A client of xenstore (Xen's docs/misc/xenstore-ring.txt, xenstore.txt): one
 * request at a time, whose answer is waited for. The ring is the other end's,
 * too: our own indices are kept here.
 */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/time.h>
#include <uk/xenbus.h>
#include "store.h"

#define RING 1024u
#define READ 2u
#define WATCH 4u
#define DIRECTORY 1u
#define WRITE 11u
#define WATCH_EVENT 15u
#define ERROR 16u
#define PATIENCE_NS (5 * UK_NSEC_PER_SEC)

struct ring {
	char request[RING], answer[RING];
	uint32_t request_cons, request_prod, answer_cons, answer_prod;
};

struct header {
	uint32_t kind, id, transaction, len;
};

static volatile struct ring *ring UK_RO_AFTER_INIT_ZERO;
static uint32_t port UK_RO_AFTER_INIT_ZERO;
static uint32_t sent, taken, last_id;
static bool broken, busy, news;
static void (*changed)(void) UK_RO_AFTER_INIT_ZERO;

static void woken(void *arg);

int xenstore_init(void)
{
	volatile void *page;
	int rc = ukplat_xen_store(&page, &port);

	if (rc)
		return rc;
	rc = ukplat_irq_register(port, woken, NULL);
	if (rc)
		return rc;
	ring = page;
	sent = ring->request_prod;
	taken = ring->answer_cons;
	return 0;
}

static int give_up(const char *why)
{
	if (!broken)
		uk_pr_err("xenstore: %s: not used any more\n", why);
	broken = true;
	return -ENODEV;
}

static void barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static uint32_t room(void)
{
	return RING - (sent - ring->request_cons);
}

static uint32_t there(void)
{
	return ring->answer_prod - taken;
}

/* Until one of these is not 0; false: nobody does anything. */
static bool wait_for(uint32_t (*what)(void), uint64_t until)
{
	unsigned long flags;

	while (!what()) {
		if (ukplat_clock_monotonic() >= until)
			return false;
		flags = ukplat_irq_save();
		/* A handler does not sleep: the answer takes microseconds. */
		if (!what() && flags)
			ukplat_idle(until);
		ukplat_irq_restore(flags);
	}
	barrier();
	return true;
}

static int put(const void *buf, uint32_t len, uint64_t until)
{
	const char *p = buf;
	uint32_t n;

	while (len) {
		if (!wait_for(room, until))
			return give_up("it does not take requests");
		n = room();
		if (n > RING)
			return give_up("its ring is nonsense");
		for (n = UK_MIN(n, len); n; n--, len--)
			ring->request[sent++ % RING] = *p++;
		barrier();
		ring->request_prod = sent;
		ukplat_xen_send(port);
	}
	return 0;
}

/* len bytes of the answer; buf NULL: nobody wants them. */
static int get(void *buf, uint32_t len, uint64_t until)
{
	char *p = buf;
	uint32_t n;

	while (len) {
		if (!wait_for(there, until))
			return give_up("it does not answer");
		n = there();
		if (n > RING)
			return give_up("its ring is nonsense");
		for (n = UK_MIN(n, len); n; n--, len--, taken++)
			if (p)
				*p++ = ring->answer[taken % RING];
		barrier();
		ring->answer_cons = taken;
		ukplat_xen_send(port);
	}
	return 0;
}

static int error_of(const char *name)
{
	static const struct {
		char name[8];
		int rc;
	} known[] = {
		{ "ENOENT", -ENOENT }, { "EACCES", -EACCES },
		{ "EINVAL", -EINVAL }, { "ENOSPC", -ENOSPC },
		{ "E2BIG", -E2BIG },
	};
	unsigned int i;

	for (i = 0; i < UK_ARRAY_SIZE(known); i++)
		if (!strcmp(name, known[i].name))
			return known[i].rc;
	return -EIO;
}

/* The answer to request last_id, which is of this kind. */
static int answer(uint32_t kind, char *buf, size_t size, uint64_t until)
{
	char error[16] = "";
	struct header h;
	uint32_t n;
	int rc;

	for (;;) {
		rc = get(&h, sizeof(h), until);
		if (rc)
			return rc;
		if (h.id == last_id && (h.kind == kind || h.kind == ERROR))
			break;
		news |= h.kind == WATCH_EVENT;
		rc = get(NULL, h.len, until);
		if (rc)
			return rc;
	}
	if (h.kind == ERROR) {
		buf = error;
		size = sizeof(error);
	}
	n = h.len < size ? h.len : 0;
	rc = get(n ? buf : NULL, h.len, until);
	if (rc)
		return rc;
	if (size)
		buf[n] = '\0';
	if (h.kind == ERROR)
		return error_of(error);
	return n == h.len ? (int)n : -E2BIG;
}

static int request(uint32_t kind, const char *path, const char *value,
		   uint32_t value_len, uint64_t until)
{
	uint32_t path_len = (uint32_t)strlen(path) + 1;
	struct header h = {
		.kind = kind, .id = ++last_id, .len = path_len + value_len,
	};
	int rc = put(&h, sizeof(h), until);

	if (!rc)
		rc = put(path, path_len, until);
	if (!rc)
		rc = put(value, value_len, until);
	return rc;
}

static int ask(uint32_t kind, const char *path, const char *value,
	       uint32_t value_len, char *buf, size_t size)
{
	uint64_t until = ukplat_clock_monotonic() + PATIENCE_NS;
	int rc;

	if (!ring || broken)
		return -ENODEV;
	busy = true;
	rc = request(kind, path, value, value_len, until);
	if (!rc)
		rc = answer(kind, buf, size, until);
	busy = false;
	return rc;
}

/* A message that no request waits for. */
static void take_news(void)
{
	uint64_t until = ukplat_clock_monotonic() + PATIENCE_NS;
	struct header h;

	busy = true;
	while (!broken && there()) {
		if (get(&h, sizeof(h), until) || get(NULL, h.len, until))
			break;
		news |= h.kind == WATCH_EVENT;
	}
	busy = false;
}

static void woken(void *arg UK_UNUSED)
{
	if (busy)
		return;		/* whoever asks reads it */
	take_news();
	if (news && changed) {
		news = false;
		changed();
	}
}

int xenstore_watch(const char *path, void (*fn)(void))
{
	static const char token[] = "redoubt";
	unsigned long flags;
	char ok[8];
	int rc;

	changed = fn;
	rc = ask(WATCH, path, token, sizeof(token), ok, sizeof(ok));
	if (rc < 0)
		return rc;
	/* What came with the answer. */
	flags = ukplat_irq_save();
	woken(NULL);
	ukplat_irq_restore(flags);
	return 0;
}

int uk_xenstore_read(const char *path, char *buf, size_t size)
{
	return ask(READ, path, NULL, 0, buf, size);
}

int uk_xenstore_write(const char *path, const char *value)
{
	char ok[8];
	int rc = ask(WRITE, path, value, (uint32_t)strlen(value), ok,
		     sizeof(ok));

	return rc < 0 ? rc : 0;
}

int uk_xenstore_list(const char *path, char *buf, size_t size)
{
	return ask(DIRECTORY, path, NULL, 0, buf, size);
}
