/* SPDX-License-Identifier: BSD-3-Clause */
/* The rings of a Xen card, against a model of the other end that lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../../libs/xen-net/queue.c"

static struct card c;
static union {
	struct shared shared;
	uint8_t byte[UK_PAGE_SIZE];
} tx_page, rx_page;
static uint8_t tx_mem[BUFFERS * TX_SIZE], rx_mem[BUFFERS * UK_PAGE_SIZE];
static uint8_t buf_mem[2][UK_NETBUF_SIZE];
static struct uk_netbuf bufs[2];
static unsigned int n_free, told, n_alloc;

void vif_stop(struct card *card, const char *why)
{
	(void)why;
	card->net.stopped = true;
}

void ukplat_xen_send(uint32_t port)
{
	assert_int_equal(port, 7);
	told++;
}

struct uk_netbuf *uk_netbuf_alloc(void)
{
	struct uk_netbuf *b = &bufs[n_alloc++ % 2];

	b->start = UK_NETBUF_HEADROOM;
	b->next = NULL;
	return b;
}

void uk_netbuf_free(struct uk_netbuf *b)
{
	(void)b;
	n_free++;
}

static int set_up(void **state)
{
	unsigned int i;

	(void)state;
	memset(&c, 0, sizeof(c));
	memset(&tx_page, 0, sizeof(tx_page));
	memset(&rx_page, 0, sizeof(rx_page));
	for (i = 0; i < 2; i++) {
		bufs[i] = (struct uk_netbuf){ .mem = buf_mem[i],
					      .start = UK_NETBUF_HEADROOM };
	}
	c.net.mtu = UK_NETDEV_MTU;
	c.port = 7;
	c.tx.page = &tx_page.shared;
	c.rx.page = &rx_page.shared;
	c.tx.mem = tx_mem;
	c.rx.mem = rx_mem;
	for (i = 0; i < BUFFERS; i++) {
		c.tx.ref[i] = 100 + i / 2;
		c.rx.ref[i] = 200 + i;
	}
	n_free = told = n_alloc = 0;
	vif_refill(&c);
	assert_int_equal(rx_page.shared.request_prod, BUFFERS);
	return 0;
}

/* A frame of two pieces, "abc" and "de". */
static int send(void)
{
	memcpy(uk_netbuf_data(&bufs[0]), "abc", 3);
	memcpy(uk_netbuf_data(&bufs[1]), "de", 2);
	bufs[0].len = 3;
	bufs[1].len = 2;
	bufs[0].next = &bufs[1];
	return vif_tx(&c.net, &bufs[0]);
}

static void goes(void **state)
{
	const struct tx_request *r = &tx_page.shared.tx[1].request;

	(void)state;
	assert_int_equal(send(), 0);
	assert_int_equal(send(), 0);
	assert_int_equal(tx_page.shared.request_prod, 0);
	tx_page.shared.request_event = 2;
	vif_flush(&c.net);
	assert_int_equal(tx_page.shared.request_prod, 2);
	assert_int_equal(told, 1);
	assert_int_equal(r->id, 1);
	assert_int_equal(r->ref, 100);
	assert_int_equal(r->offset, 2048);
	assert_int_equal(r->size, 5);
	assert_memory_equal(tx_mem + 2048, "abcde", 5);
	assert_int_equal(n_free, 2);
}

static void is_full(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < BUFFERS; i++)
		assert_int_equal(send(), 0);
	assert_int_equal(send(), -EAGAIN);
	assert_int_equal(tx_page.shared.request_prod, BUFFERS);
	assert_false(vif_arm(&c.net));
	tx_page.shared.tx[0].response.id = 5;
	tx_page.shared.response_prod = 1;
	assert_true(vif_arm(&c.net));
	assert_int_equal(send(), 0);
	assert_int_equal(tx_page.shared.tx[BUFFERS].request.id, 5);
}

static void too_long(void **state)
{
	(void)state;
	bufs[0].len = TX_SIZE - 10;
	bufs[1].len = 11;
	bufs[0].next = &bufs[1];
	/* Nothing of what it would copy beyond is read. */
	bufs[0].mem = buf_mem[0] - 0;
	bufs[0].start = 0;
	assert_int_equal(vif_tx(&c.net, &bufs[0]), -EINVAL);
	assert_int_equal(c.tx.n_theirs, 0);
}

/* Answers that cannot be: the card stops, and nothing is written anywhere. */
static void lies_of_sending(void **state)
{
	static const struct {
		uint32_t prod;
		uint16_t id, second;
	} lies[] = {
		{ 2, 0, 0 },		/* twice the same */
		{ 3, 0, 1 },		/* more than there were */
		{ 1, 2, 0 },		/* never asked for */
		{ 1, BUFFERS, 0 },
		{ 1, UINT16_MAX, 0 },
		{ UINT32_MAX, 0, 1 },	/* backwards */
		{ 1u << 31, 0, 1 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		set_up(state);
		assert_int_equal(send(), 0);
		assert_int_equal(send(), 0);
		tx_page.shared.tx[0].response.id = lies[i].id;
		tx_page.shared.tx[1].response.id = lies[i].second;
		tx_page.shared.response_prod = lies[i].prod;
		assert_int_equal(send(), -EIO);
		assert_true(c.net.stopped);
		assert_int_equal(send(), -EIO);
	}
}

static void answer(unsigned int slot, uint16_t id, uint16_t offset,
		   uint16_t flags, int16_t status)
{
	rx_page.shared.rx[slot].response = (struct rx_response){
		id, offset, flags, status,
	};
	rx_page.shared.response_prod = slot + 1;
}

static void comes(void **state)
{
	struct uk_netbuf *frame[4];

	(void)state;
	memset(rx_mem + 3 * UK_PAGE_SIZE + 8, 0x5a, 60);
	answer(0, 3, 8, 0, 60);
	assert_int_equal(vif_rx(&c.net, frame, 4), 1);
	assert_int_equal(frame[0]->len, 60);
	assert_int_equal(uk_netbuf_data(frame[0])[59], 0x5a);
	/* It is lent again, behind the others. */
	assert_int_equal(rx_page.shared.request_prod, BUFFERS + 1);
	assert_int_equal(rx_page.shared.rx[BUFFERS].request.id, 3);
	assert_int_equal(rx_page.shared.rx[BUFFERS].request.ref, 203);
}

static void dropped(void **state)
{
	struct uk_netbuf *frame[8];

	(void)state;
	answer(0, 0, 0, 0, -1);			/* an error */
	answer(1, 1, 0, 0, 13);			/* no header */
	answer(2, 2, 0, 0, 1515);		/* longer than the MTU */
	answer(3, 3, 4090, 0, 60);		/* beyond the page */
	answer(4, 4, UINT16_MAX, 0, 60);
	answer(5, 5, 0, MORE_DATA, 1000);	/* in two pages */
	answer(6, 6, 0, 0, 1000);
	assert_int_equal(vif_rx(&c.net, frame, 8), 0);
	assert_int_equal(c.net.stats.rx_bad, 7);
	assert_false(c.net.stopped);
	answer(7, 7, 0, 0, 60);
	assert_int_equal(vif_rx(&c.net, frame, 8), 1);
}

static void lies_of_receiving(void **state)
{
	static const struct {
		uint32_t prod;
		uint16_t id, flags;
	} lies[] = {
		{ BUFFERS + 1, 0, 0 },
		{ UINT32_MAX, 0, 0 },
		{ 1, BUFFERS, 0 },
		{ 1, UINT16_MAX, 0 },
		{ 2, 0, 0 },		/* twice buffer 0 */
		{ 1, 0, EXTRA },
	};
	struct uk_netbuf *frame[4];
	unsigned int i;

	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		set_up(state);
		answer(0, lies[i].id, 0, lies[i].flags, 60);
		rx_page.shared.rx[1] = rx_page.shared.rx[0];
		rx_page.shared.response_prod = lies[i].prod;
		vif_rx(&c.net, frame, 4);
		assert_true(c.net.stopped);
		assert_int_equal(vif_rx(&c.net, frame, 4), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(goes, set_up),
		cmocka_unit_test_setup(is_full, set_up),
		cmocka_unit_test_setup(too_long, set_up),
		cmocka_unit_test(lies_of_sending),
		cmocka_unit_test_setup(comes, set_up),
		cmocka_unit_test_setup(dropped, set_up),
		cmocka_unit_test(lies_of_receiving),
	};

	return cmocka_run_group_tests_name("xen-queue", tests, NULL, NULL);
}
