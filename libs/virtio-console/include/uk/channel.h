/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Channels for bytes between the application and something on the host, apart
 * from the console: ports of virtio consoles. Bytes come out as they went in;
 * there are no lines. Thread context, one thread at a time.
 *
 * Of QEMU's two kinds, a virtserialport (which has a name) waits for a host
 * that does not read; a virtconsole throws away what it does not get rid of.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define UK_CHANNEL_MAX 8
#define UK_CHANNEL_NAME 32	/* bytes, with the zero behind it */

/*
 * The channel of this name, "" for the first that has none; sleeps until the
 * device told of it, or the monotonic clock reaches `until` (ns). Its number,
 * for all below; -ENODEV: no device could have it; -ETIMEDOUT.
 */
int uk_channel_open(const char *name, uint64_t until);

/* At most len bytes of what has come: how many, 0 where there are none now.
 * -EIO: the device is stopped. -EBADF: no such number. Never sleeps. */
int uk_channel_read(int channel, void *buf, size_t len);

/* How many of len bytes were taken: all, or as many as there is room for, 0
 * included. Errors as above. Never sleeps. */
int uk_channel_write(int channel, const void *buf, size_t len);

/* Sleep until the host has taken all that was written: 0; -ETIMEDOUT: not
 * until the monotonic clock reaches `until` (ns); -EIO, -EBADF. */
int uk_channel_drain(int channel, uint64_t until);

/* Sleep until something has come, or there is room since a write took less
 * than all, or the device is stopped: 0. -ETIMEDOUT, -EBADF as above. */
int uk_channel_wait(int channel, uint64_t until);
