/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial port's own line: registered before main as it must be, raised by
 * an empty transmitter, taken once, seen by a CPU that idles without limit.
 */
#include <stdio.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/plat.h>

#define COM1_IRQ 4
#define COM1_IER 0x3f9
#define COM1_IIR 0x3fa
#define COM1_MCR 0x3fc
#define IER_TRANSMITTER 0x02
#define MCR_DTR_RTS_OUT2 0x0b

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s\n", #cond);			\
			return 1;					\
		}							\
	} while (0)

static volatile unsigned int calls, others;
static int results[4];

static void out(uint16_t port, uint8_t v)
{
	__asm__ __volatile__("outb %0, %1" : : "a"(v), "Nd"(port));
}

static uint8_t in(uint16_t port)
{
	uint8_t v;

	__asm__ __volatile__("inb %1, %0" : "=a"(v) : "Nd"(port));
	return v;
}

static void handler(void *arg)
{
	unsigned int *count = arg;

	++*count;
	(void)in(COM1_IIR);
	out(COM1_IER, 0);
}

static void other(void *arg)
{
	(void)arg;
	others++;
}

static int start(void)
{
	results[0] = ukplat_irq_register(COM1_IRQ, handler, (void *)&calls);
	results[1] = ukplat_irq_register(COM1_IRQ, other, NULL);
	results[2] = ukplat_irq_register(12345, other, NULL);
	results[3] = ukplat_irq_register(5, other, NULL);
	return 0;
}
uk_early_initcall(start);

int main(void)
{
	int i;

	CHECK(results[0] == 0);
	CHECK(results[1] == -EBUSY);
	CHECK(results[2] == -EINVAL);
	CHECK(results[3] == 0);
	CHECK(calls == 0);
	out(COM1_MCR, MCR_DTR_RTS_OUT2);
	for (i = 1; i <= 3; i++) {
		ukplat_irq_disable();
		out(COM1_IER, IER_TRANSMITTER);
		while (calls == (unsigned int)i - 1)
			ukplat_idle(UKPLAT_FOREVER);
		ukplat_irq_enable();
		CHECK(calls == (unsigned int)i);
	}
	CHECK(others == 0);
	puts("irq: done");
	return 0;
}
