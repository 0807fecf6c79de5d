/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes a line and 100,000 bytes to the channel "out", or the one without a
 * name; sends back what comes on "loop", until that is a zero byte.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uk/channel.h>
#include <uk/errno.h>
#include <uk/plat.h>
#include <uk/time.h>

#define BYTES 100000
#define LIMIT (20 * UK_NSEC_PER_SEC)

static char out[BYTES], in[5000];

static int put(int i, const char *p, size_t len)
{
	while (len > 0) {
		int n = uk_channel_write(i, p, len);

		if (n < 0)
			return n;
		p += n;
		len -= (size_t)n;
		if (len && (n = uk_channel_wait(i, uk_time_ns() + LIMIT)) != 0)
			return n;
	}
	return 0;
}

static int echo(int i)
{
	unsigned long total = 0;
	int n, rc;

	for (;;) {
		n = uk_channel_read(i, in, sizeof(in));
		if (n < 0)
			return n;
		if (n == 0) {
			rc = uk_channel_wait(i, uk_time_ns() + LIMIT);
			if (rc)
				return rc;
			continue;
		}
		if (in[n - 1] == '\0') {
			rc = put(i, in, (size_t)n - 1);
			printf("channel: %lu bytes\n", total + (size_t)n - 1);
			return rc ? rc : uk_channel_drain(i, uk_time_ns() +
							     LIMIT);
		}
		rc = put(i, in, (size_t)n);
		if (rc)
			return rc;
		total += (size_t)n;
	}
}

/* A moment: the device tells of its ports when it likes. */
static int find(const char *name)
{
	return uk_channel_open(name, uk_time_ns() + 200 * UK_NSEC_PER_MSEC);
}

int main(void)
{
	static const char line[] = "a line\n";
	int to = find("out"), loop, i, rc;

	if (to == -ENODEV) {
		puts("channel: none");
		return uk_channel_write(0, line, 1) == -EBADF ? 3 : 1;
	}
	if (to < 0)
		to = find("");
	if (to < 0 || find("no such one") != -ETIMEDOUT) {
		printf("channel: not found, %d\n", to);
		return 1;
	}
	for (i = 0; i < BYTES; i++)
		out[i] = (char)(i * 13 >> 3);
	rc = put(to, line, sizeof(line) - 1);
	rc = rc ? rc : put(to, out, BYTES);
	rc = rc ? rc : uk_channel_drain(to, UKPLAT_FOREVER);
	printf("channel: written, %d\n", rc);
	loop = find("loop");
	if (rc == 0 && loop >= 0)
		rc = echo(loop);
	printf("channel: done, %d\n", rc);
	return rc != 0;
}
