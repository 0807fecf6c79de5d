/* SPDX-License-Identifier: BSD-3-Clause */
/* How a device is started, and which ones are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <uk/alloc.h>
#include <uk/errno.h>
#include <uk/print.h>
#include <uk/time.h>
#include <uk/virtio.h>
#include <uk/vm.h>

#undef uk_malloc

/* ---- below it ---- */

static char said[256];
static uint64_t now;
static void *pages;
static size_t pages_len;

void uk_print(const char *lib, enum uk_print_level lvl, const char *fmt, ...)
{
	va_list ap;

	(void)lib;
	(void)lvl;
	va_start(ap, fmt);
	vsnprintf(said, sizeof(said), fmt, ap);
	va_end(ap);
}

uint64_t uk_time_ns(void)
{
	return now += UK_NSEC_PER_MSEC;
}

void *uk_malloc(struct uk_alloc *a, size_t size)
{
	(void)a;
	return malloc(size);
}

void uk_free(struct uk_alloc *a, void *p)
{
	(void)a;
	free(p);
}

void *uk_vm_alloc(const char *name, size_t len, unsigned int rights,
		  unsigned int flags)
{
	(void)name;
	assert_int_equal(rights, UK_MEM_R | UK_MEM_W);
	assert_true(flags & UK_VM_CONTIGUOUS);
	pages_len = len;
	return pages = calloc(1, len);
}

int uk_vm_free(void *va)
{
	free(va);
	return 0;
}

uint64_t uk_vm_phys(const void *va)
{
	assert_ptr_equal(va, pages);
	return 0x123000;
}

/* ---- the device ---- */

static struct {
	uint64_t has, agreed;
	uint8_t status;
	bool no_reset, no_features, unstable, fails;
	uint16_t size, started;
	uint64_t pa[3];
	int rc, notified;
	uint8_t config[8];
	uint32_t generation;
} m;

static uint8_t status(struct uk_virtio_dev *dev)
{
	(void)dev;
	return m.status;
}

static void set_status(struct uk_virtio_dev *dev, uint8_t v)
{
	(void)dev;
	if (v == 0 && m.no_reset)
		return;
	if (m.no_features)
		v &= (uint8_t)~8;
	if (m.fails && v & 4)
		v |= 64;
	m.status = v;
}

static uint64_t features(struct uk_virtio_dev *dev)
{
	(void)dev;
	assert_int_equal(m.status, 3);
	return m.has;
}

static void set_features(struct uk_virtio_dev *dev, uint64_t v)
{
	(void)dev;
	m.agreed = v;
}

static uint32_t config(struct uk_virtio_dev *dev, unsigned int offset,
		       unsigned int width)
{
	(void)dev;
	assert_int_equal(width, 1);
	return m.config[offset];
}

static uint32_t generation(struct uk_virtio_dev *dev)
{
	(void)dev;
	return m.unstable ? m.generation++ : m.generation;
}

static uint16_t queue_max(struct uk_virtio_dev *dev, unsigned int i)
{
	(void)dev;
	return i == 0 ? m.size : 0;
}

static int queue_start(struct uk_virtio_dev *dev, unsigned int i, uint16_t size,
		       const uint64_t pa[3], ukplat_irq_fn fn, void *arg)
{
	(void)dev;
	(void)fn;
	(void)arg;
	assert_int_equal(i, 0);
	m.started = size;
	memcpy(m.pa, pa, sizeof(m.pa));
	return m.rc;
}

static void notify(struct uk_virtio_dev *dev, unsigned int i)
{
	(void)dev;
	m.notified += i == 0;
}

static const struct uk_virtio_transport way = {
	status, set_status, features, set_features, config, generation,
	queue_max, queue_start, notify,
};
static struct uk_virtio_dev dev;

static int setup(void **state)
{
	(void)state;
	memset(&m, 0, sizeof(m));
	m.has = UK_VIRTIO_F_VERSION_1 | 0xff;
	m.size = 100;
	dev = (struct uk_virtio_dev){ .way = &way, .name = "model" };
	said[0] = 0;
	return 0;
}

/* ---- tests ---- */

static void test_begin(void **state)
{
	(void)state;
	m.status = 7;
	assert_int_equal(uk_virtio_begin(&dev, 0x11 | 1ull << 40, NULL), 0);
	assert_int_equal(m.agreed, 0x11 | UK_VIRTIO_F_VERSION_1);
	assert_int_equal(dev.features, m.agreed);
	assert_int_equal(m.status, 11);
	assert_int_equal(uk_virtio_go(&dev), 0);
	assert_int_equal(m.status, 15);
}

/* What queues can make use of is taken without being asked for. */
static void test_begin_queues(void **state)
{
	const uint64_t ours = UK_VIRTIO_F_VERSION_1 | UK_VIRTIO_F_EVENT_IDX |
			      UK_VIRTIO_F_INDIRECT_DESC |
			      UK_VIRTIO_F_RING_PACKED;

	(void)state;
	m.has = ~0ull;
	assert_int_equal(uk_virtio_begin(&dev, 0, NULL), 0);
	assert_int_equal(m.agreed, ours);
}

static uint64_t not_two(uint64_t features)
{
	assert_int_equal(features, 7 | UK_VIRTIO_F_VERSION_1);
	return features & ~2ull;
}

static void test_begin_trim(void **state)
{
	(void)state;
	assert_int_equal(uk_virtio_begin(&dev, 7, not_two), 0);
	assert_int_equal(m.agreed, 5 | UK_VIRTIO_F_VERSION_1);
	assert_int_equal(dev.features, m.agreed);
}

static void refused(const char *why)
{
	assert_true(dev.stopped);
	assert_non_null(strstr(said, why));
	assert_non_null(strstr(said, "model: "));
	said[0] = 0;
	uk_virtio_stop(&dev, "again");
	assert_string_equal(said, "");
}

static void test_begin_legacy(void **state)
{
	(void)state;
	m.has &= ~UK_VIRTIO_F_VERSION_1;
	assert_int_equal(uk_virtio_begin(&dev, 0, NULL), -EIO);
	refused("legacy");
	assert_int_equal(m.status, 0);
}

static void test_begin_no_reset(void **state)
{
	(void)state;
	m.status = 7;
	m.no_reset = true;
	assert_int_equal(uk_virtio_begin(&dev, 0, NULL), -EIO);
	refused("does not reset");
	assert_int_equal(m.status, 128);
}

static void test_begin_features(void **state)
{
	(void)state;
	m.no_features = true;
	assert_int_equal(uk_virtio_begin(&dev, 0, NULL), -EIO);
	refused("features");
}

static void test_go_fails(void **state)
{
	(void)state;
	m.fails = true;
	assert_int_equal(uk_virtio_begin(&dev, 0, NULL), 0);
	assert_int_equal(uk_virtio_go(&dev), -EIO);
	refused("failed to start");
}

static void queue_of(uint16_t size)
{
	static struct uk_virtq q;
	static const struct uk_virtq_seg segs[2] = { { 1, 1 }, { 2, 2 } };
	int rc = uk_virtio_queue(&dev, 0, 64, 3, &q, NULL, NULL);
	struct uk_virtq_layout l = uk_virtq_layout(&q.form);

	assert_int_equal(rc, m.rc == -ENODEV);
	assert_int_equal(m.started, size);
	assert_int_equal(q.size, size);
	assert_int_equal(pages_len, l.len);
	assert_int_equal(m.pa[0], 0x123000);
	assert_int_equal(m.pa[1], 0x123000 + l.driver);
	assert_int_equal(m.pa[2], 0x123000 + l.device);
	m.notified = 0;
	assert_int_equal(uk_virtq_put(&q, segs, 1, 1, &dev),
			 size == 1 && !q.form.pieces ? -ENOSPC : 0);
	if (size > 1)
		assert_int_equal(q.n_free, size - (q.form.pieces ? 1 : 2));
	else
		(void)uk_virtq_put(&q, segs, 1, 0, &dev);
	uk_virtio_tell(&dev, 0, &q);
	uk_virtio_tell(&dev, 0, &q);
	assert_int_equal(m.notified, 1);
	free(q.own);
	free(pages);
}

static void test_queue(void **state)
{
	(void)state;
	queue_of(64);
	m.size = 47;
	queue_of(32);
	dev.features = UK_VIRTIO_F_RING_PACKED;
	queue_of(32);
	dev.features |= UK_VIRTIO_F_INDIRECT_DESC;
	queue_of(32);
	dev.features = UK_VIRTIO_F_INDIRECT_DESC;
	queue_of(32);
	m.size = 1;
	queue_of(1);
	m.rc = -ENODEV;
	dev.features = 0;
	queue_of(1);
}

static void test_queue_refused(void **state)
{
	struct uk_virtq q;

	(void)state;
	assert_int_equal(uk_virtio_queue(&dev, 1, 64, 0, &q, NULL,
					 NULL), -EIO);
	m.rc = -EIO;
	assert_int_equal(uk_virtio_queue(&dev, 0, 64, 0, &q, NULL,
					 NULL), -EIO);
	free(pages);
}

static void test_config(void **state)
{
	uint8_t got[4];

	(void)state;
	memcpy(m.config, "abcdefg", 8);
	assert_int_equal(uk_virtio_config_bytes(&dev, 2, got, 4), 0);
	assert_memory_equal(got, "cdef", 4);
	m.unstable = true;
	assert_int_equal(uk_virtio_config_bytes(&dev, 2, got, 4), -EIO);
}

static int taken;

static int take(struct uk_virtio_dev *d)
{
	assert_string_equal(d->name, "taker");
	taken++;
	return d->features ? -ENOMEM : 0;
}

static void test_drivers(void **state)
{
	static const struct uk_virtio_driver d = { "taker", 4, take };
	int i;

	(void)state;
	assert_null(uk_virtio_driver(4));
	assert_int_equal(uk_virtio_register(&d), 0);
	assert_ptr_equal(uk_virtio_driver(4), &d);
	assert_null(uk_virtio_driver(5));
	assert_int_equal(uk_virtio_found(&dev, &d), 0);
	assert_false(dev.stopped);
	dev.features = 1;
	assert_int_equal(uk_virtio_found(&dev, &d), -ENOMEM);
	assert_true(dev.stopped);
	assert_int_equal(taken, 2);
	for (i = 0; i < 7; i++)
		assert_int_equal(uk_virtio_register(&d), 0);
	assert_int_equal(uk_virtio_register(&d), -ENOSPC);
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_begin), TEST(test_begin_queues),
		TEST(test_begin_trim),
		TEST(test_begin_legacy),
		TEST(test_begin_no_reset), TEST(test_begin_features),
		TEST(test_go_fails), TEST(test_queue),
		TEST(test_queue_refused), TEST(test_config),
		TEST(test_drivers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
