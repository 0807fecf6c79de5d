/* SPDX-License-Identifier: BSD-3-Clause */
/* Buffers, the list of devices, and sleeping until one has something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/alloc.h>
#include <uk/crash.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/netdev.h>
#include <uk/plat.h>
#include <uk/print.h>
#include <uk/time.h>
#include <uk/vm.h>

#undef uk_calloc

static jmp_buf crashed;
static uint8_t *pages;
static bool no_memory;
static uint64_t now = 1000000, idle_until;
static int idles, irq_off;
static void (*in_idle)(void);

void uk_crash(enum uk_death what, const char *fmt, ...)
{
	(void)what;
	(void)fmt;
	longjmp(crashed, 1);
}

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	(void)lib;
	(void)lvl;
	(void)fmt;
}

void *uk_calloc(struct uk_alloc *a, size_t n, size_t size)
{
	(void)a;
	return calloc(n, size);
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	(void)name;
	(void)rights;
	assert_true(flags & UK_VM_CONTIGUOUS);
	if (no_memory)
		return NULL;
	return pages = malloc(len);
}

void uk_free(struct uk_alloc *a, void *p)
{
	(void)a;
	free(p);
}

int uk_vm_free(void *va)
{
	free(va);
	return 0;
}

uint64_t uk_vm_phys(const void *va)
{
	(void)va;
	return 0x100000;
}

uint64_t uk_time_ns(void)
{
	return now;
}

unsigned long ukplat_irq_save(void)
{
	return (unsigned long)irq_off++;
}

void ukplat_irq_restore(unsigned long flags)
{
	irq_off = (int)flags;
}

void ukplat_idle(uint64_t until)
{
	assert_int_equal(irq_off, 1);
	idle_until = until;
	idles++;
	if (in_idle)
		in_idle();
}

static void test_buffers(void **state)
{
	struct uk_netbuf *b[17];
	unsigned int i, seen = 0;

	(void)state;
	assert_int_equal(uk_netbuf_count(), 16);
	for (i = 0; i < 16; i++) {
		b[i] = uk_netbuf_alloc();
		assert_non_null(b[i]);
		assert_ptr_equal(b[i]->mem, pages + 2048 * b[i]->index);
		assert_int_equal(b[i]->pa, 0x100000 + 2048 * b[i]->index);
		assert_int_equal(b[i]->start, UK_NETBUF_HEADROOM);
		seen |= 1u << b[i]->index;
	}
	assert_int_equal(seen, 0xffff);
	assert_null(uk_netbuf_alloc());
	assert_int_equal(uk_netbuf_free_count(), 0);
	b[3]->start = b[3]->len = 7;
	uk_netbuf_free(b[3]);
	assert_int_equal(uk_netbuf_free_count(), 1);
	if (setjmp(crashed) == 0) {
		uk_netbuf_free(b[3]);
		fail();
	}
	assert_ptr_equal(uk_netbuf_alloc(), b[3]);
	assert_int_equal(b[3]->start, UK_NETBUF_HEADROOM);
	assert_int_equal(b[3]->len, 0);
	for (i = 0; i < 16; i++)
		uk_netbuf_free(b[i]);
}

static bool work;
static int armed;

static bool arm(struct uk_netdev *dev)
{
	(void)dev;
	armed++;
	return work;
}

static const struct uk_netdev_ops ops = { .arm = arm };
static struct uk_netdev devs[UK_NETDEV_MAX + 1];

static void test_register(void **state)
{
	struct uk_netdev bad = { .ops = &ops, .mtu = 1500 };
	unsigned int i;

	(void)state;
	assert_int_equal(uk_netdev_register(&bad), -EINVAL);
	bad.mac[0] = 3;			/* a group's */
	assert_int_equal(uk_netdev_register(&bad), -EINVAL);
	bad.mac[0] = 2;
	bad.mtu = 67;
	assert_int_equal(uk_netdev_register(&bad), -EINVAL);
	bad.mtu = 1501;
	assert_int_equal(uk_netdev_register(&bad), -EINVAL);
	assert_int_equal(uk_netdev_count(), 0);
	assert_int_equal(uk_netdev_rx_most(), 0);
	for (i = 0; i <= UK_NETDEV_MAX; i++) {
		devs[i] = (struct uk_netdev){ .ops = &ops, .mtu = 1500 };
		devs[i].mac[5] = 1;
		assert_int_equal(uk_netdev_register(&devs[i]),
				 i < UK_NETDEV_MAX ? 0 : -ENOSPC);
	}
	assert_int_equal(uk_netdev_count(), UK_NETDEV_MAX);
	assert_int_equal(uk_netdev_rx_most(),
			 uk_netbuf_count() / 2 / UK_NETDEV_MAX);
	assert_ptr_equal(uk_netdev_get(1), &devs[1]);
	assert_null(uk_netdev_get(UK_NETDEV_MAX));
}

/* As an interrupt between looking and sleeping. */
static bool arm_and_event(struct uk_netdev *dev)
{
	uk_netdev_event(dev);
	return false;
}

static void test_wait(void **state)
{
	static const struct uk_netdev_ops late = { .arm = arm_and_event };

	(void)state;
	idles = armed = 0;
	uk_netdev_wait(UKPLAT_FOREVER);
	assert_int_equal(idles, 1);
	assert_int_equal(armed, UK_NETDEV_MAX);
	assert_true(idle_until == UKPLAT_FOREVER);
	work = true;
	uk_netdev_wait(UKPLAT_FOREVER);
	assert_int_equal(idles, 1);
	work = false;
	devs[3].polled = true;
	uk_netdev_wait(UKPLAT_FOREVER);
	assert_int_equal(idle_until, now + UK_NSEC_PER_MSEC);
	uk_netdev_wait(now + 5);
	assert_int_equal(idle_until, now + 5);
	devs[3].stopped = true;
	armed = 0;
	uk_netdev_wait(UKPLAT_FOREVER);
	assert_true(idle_until == UKPLAT_FOREVER);
	assert_int_equal(armed, UK_NETDEV_MAX - 1);
	assert_int_equal(idles, 4);
	devs[2].ops = &late;
	uk_netdev_wait(UKPLAT_FOREVER);
	assert_int_equal(idles, 4);
	assert_int_equal(irq_off, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buffers),
		cmocka_unit_test(test_register),
		cmocka_unit_test(test_wait),
	};

	/* The only entry: buffer.c's. Without memory the boot goes on, and
	 * there are none. */
	no_memory = true;
	if (uk_inittab_end - uk_inittab_start != 1 ||
	    uk_inittab_start->fn() != 0 || uk_netbuf_count() != 0 ||
	    uk_netbuf_alloc())
		return 1;
	no_memory = false;
	if (uk_inittab_start->fn() != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
