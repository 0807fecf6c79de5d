/* SPDX-License-Identifier: BSD-3-Clause */
/* The client of xenstore, against a model that answers well and ill. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../libs/bus-xen/store.c"

static struct ring page;
static uint64_t now;
static unsigned int seen, irq_off, changes;
static char request_text[4096];
static struct header request_head;
/* What the model sends when a request has come, as it stands. */
static char reply[8192];
static uint32_t reply_len, reply_sent;
static ukplat_irq_fn handler;

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}

int ukplat_xen_store(volatile void **at, uint32_t *p)
{
	*at = &page;
	*p = 3;
	return 0;
}

int ukplat_irq_register(unsigned int irq, ukplat_irq_fn fn, void *arg)
{
	(void)arg;
	assert_int_equal(irq, 3);
	handler = fn;
	return 0;
}

unsigned long ukplat_irq_save(void)
{
	return !irq_off++;
}

void ukplat_irq_restore(unsigned long flags)
{
	(void)flags;
	irq_off--;
}

uint64_t ukplat_clock_monotonic(void)
{
	return now += 1000000;
}

/* The other end gets its turn: takes what there is, gives what fits. */
static void turn(void)
{
	while (page.request_cons != page.request_prod)
		request_text[seen++ % sizeof(request_text)] =
			page.request[page.request_cons++ % RING];
	if (seen >= sizeof(request_head))
		memcpy(&request_head, request_text, sizeof(request_head));
	if (seen < sizeof(request_head) + request_head.len)
		return;
	while (reply_sent < reply_len &&
	       page.answer_prod - page.answer_cons < RING)
		page.answer[page.answer_prod++ % RING] = reply[reply_sent++];
}

void ukplat_idle(uint64_t until)
{
	(void)until;
	turn();
}

void ukplat_xen_send(uint32_t p)
{
	assert_int_equal(p, 3);
}

static void say(uint32_t kind, uint32_t id, const char *text, uint32_t len)
{
	struct header h = { .kind = kind, .id = id, .len = len };

	memcpy(reply + reply_len, &h, sizeof(h));
	memcpy(reply + reply_len + sizeof(h), text, len);
	reply_len += (uint32_t)sizeof(h) + len;
}

static void on_change(void)
{
	changes++;
}

static int set_up(void **state)
{
	(void)state;
	memset(&page, 0, sizeof(page));
	/* Not from 0, and soon round the end. */
	page.request_prod = page.request_cons = UINT32_MAX - 20;
	page.answer_prod = page.answer_cons = UINT32_MAX - 10;
	seen = reply_len = reply_sent = changes = 0;
	broken = busy = news = false;
	last_id = 40;
	return xenstore_init();
}

static void reads(void **state)
{
	char buf[16];

	(void)state;
	say(READ, 41, "value", 5);
	assert_int_equal(uk_xenstore_read("a/b", buf, sizeof(buf)), 5);
	assert_string_equal(buf, "value");
	assert_int_equal(request_head.kind, READ);
	assert_int_equal(request_head.len, 4);
	assert_memory_equal(request_text + sizeof(request_head), "a/b", 4);
}

static void writes(void **state)
{
	(void)state;
	say(WRITE, 41, "OK", 3);
	assert_int_equal(uk_xenstore_write("a", "xyz"), 0);
	assert_int_equal(request_head.len, 5);
	assert_memory_equal(request_text + sizeof(request_head), "a\0xyz", 5);
}

static void errors(void **state)
{
	static const struct {
		const char *name;
		int rc;
	} e[] = {
		{ "ENOENT", -ENOENT }, { "EACCES", -EACCES },
		{ "EWHATEVER", -EIO }, { "", -EIO },
		{ "ENAMETHATISVERYLONGINDEED", -EIO },
	};
	char buf[16];
	unsigned int i;

	for (i = 0; i < sizeof(e) / sizeof(e[0]); i++) {
		set_up(state);
		say(ERROR, 41, e[i].name, (uint32_t)strlen(e[i].name) + 1);
		assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)),
				 e[i].rc);
	}
}

/* Too long for the buffer: none of it is taken, and the next one works. */
static void too_long(void **state)
{
	static char big[3000];
	char buf[16];

	(void)state;
	memset(big, 'x', sizeof(big));
	say(READ, 41, big, sizeof(big));
	say(READ, 42, "y", 1);
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -E2BIG);
	assert_string_equal(buf, "");
	seen = 0;
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), 1);
	assert_string_equal(buf, "y");
}

/* Answers to others' requests, and events, are passed over. */
static void others(void **state)
{
	char buf[16];

	(void)state;
	say(READ, 7, "not this", 8);
	say(WATCH_EVENT, 0, "control", 8);
	say(DIRECTORY, 41, "nor this", 8);
	say(READ, 41, "this", 4);
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), 4);
	assert_string_equal(buf, "this");
	assert_true(news);
}

static void silence(void **state)
{
	char buf[16];

	(void)state;
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -ENODEV);
	/* For good. */
	say(READ, 42, "late", 4);
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -ENODEV);
}

/* Says more than it sends. */
static void half(void **state)
{
	struct header h = { .kind = READ, .id = 41, .len = UINT32_MAX };
	char buf[16];

	(void)state;
	memcpy(reply, &h, sizeof(h));
	reply_len = sizeof(h) + 5;
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -ENODEV);
}

static void nonsense(void **state)
{
	char buf[16];

	page.answer_prod += RING + 1;
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -ENODEV);
	set_up(state);
	page.request_cons += 1;		/* took what was never there */
	assert_int_equal(uk_xenstore_read("a", buf, sizeof(buf)), -ENODEV);
}

static void watched(void **state)
{
	(void)state;
	say(WATCH, 41, "OK", 3);
	say(WATCH_EVENT, 0, "control", 8);
	assert_int_equal(xenstore_watch("control", on_change), 0);
	turn();
	irq_off++;
	handler(NULL);
	assert_int_equal(changes, 1);
	/* Nothing new. */
	handler(NULL);
	irq_off--;
	assert_int_equal(changes, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads, set_up),
		cmocka_unit_test_setup(writes, set_up),
		cmocka_unit_test_setup(errors, set_up),
		cmocka_unit_test_setup(too_long, set_up),
		cmocka_unit_test_setup(others, set_up),
		cmocka_unit_test_setup(silence, set_up),
		cmocka_unit_test_setup(half, set_up),
		cmocka_unit_test_setup(nonsense, set_up),
		cmocka_unit_test_setup(watched, set_up),
	};

	return cmocka_run_group_tests_name("xen-store", tests, NULL, NULL);
}
