/* SPDX-License-Identifier: BSD-3-Clause */
/* The battery-backed clock (MC146818), for the time of day. */
#include "clock.h"
#include "rtc.h"

#include <uk/arch/cpu.h>
#include <uk/arch/io.h>
#include <uk/essentials.h>
#include <uk/str.h>

#define INDEX 0x70
#define DATA 0x71
#define STATUS_A 10
#define STATUS_B 11
#define STATUS_D 13
#define UPDATING 0x80		/* in STATUS_A */
#define POWER_GOOD 0x80		/* in STATUS_D, whose other bits are zero */

#define TRIES 8
#define UPDATE_READS 20000u	/* an update takes 2 ms at most */

static uint8_t get(uint8_t reg)
{
	outb(INDEX, reg);
	return inb(DATA);
}

/* One reading outside an update. */
static void read_once(struct rtc_regs *r)
{
	static const uint8_t reg[RTC_FIELDS] = { 0, 2, 4, 7, 8, 9 };
	unsigned int i, n = UPDATE_READS;

	while ((get(STATUS_A) & UPDATING) && --n != 0)
		ukarch_relax();
	for (i = 0; i < RTC_FIELDS; i++)
		r->field[i] = get(reg[i]);
	r->status_b = get(STATUS_B);
}

uint64_t kvm_rtc_wall(uint64_t *tsc)
{
	struct rtc_regs a, b;
	unsigned int i;

	if (get(STATUS_D) != POWER_GOOD)
		return 0;
	read_once(&a);
	for (i = 0; i < TRIES; i++) {
		read_once(&b);
		*tsc = ukarch_cycles();
		if (memcmp(&a, &b, sizeof(a)) == 0)
			return rtc_seconds(&b) * 1000000000ull;
		a = b;
	}
	return 0;
}
