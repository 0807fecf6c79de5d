/* SPDX-License-Identifier: BSD-3-Clause */
/* The console as an open file: one, for the first three descriptors. */
#include <uk/fdtab.h>
#include <uk/init.h>

#define TIOCGWINSZ	0x5413

struct size {
	uint16_t rows, columns, x, y;
};

/* What was read to know whether there is something to read. */
static char ahead[64];
static size_t n_ahead;

static void look(void)
{
	if (n_ahead)
		return;
	n_ahead = ukplat_console_read(ahead, sizeof(ahead));
	for (size_t i = 0; i < n_ahead; i++)
		if (ahead[i] == '\r')
			ahead[i] = '\n';
}

static long console_read(struct uk_file *f, struct uk_iter *to, int64_t *pos)
{
	static size_t used;
	size_t n;

	(void)f, (void)pos;
	if (!to->left)
		return 0;
	look();
	if (!n_ahead)
		return -EAGAIN;
	n = uk_iter_put(to, ahead + used, n_ahead - used);
	used += n;
	if (used == n_ahead)
		n_ahead = used = 0;
	return (long)n;
}

static long console_write(struct uk_file *f, struct uk_iter *from, int64_t *pos)
{
	size_t all = from->left, len;
	const char *p;

	(void)f, (void)pos;
	while ((p = uk_iter_next(from, &len))) {
		ukplat_console_write(p, len);
		uk_iter_skip(from, len);
	}
	return (long)all;
}

static unsigned int console_poll(struct uk_file *f)
{
	(void)f;
	look();
	return UK_POLL_OUT | (n_ahead ? UK_POLL_IN : 0);
}

/* A terminal of 80 by 25, so that a C library writes line by line. */
static int console_ioctl(struct uk_file *f, unsigned long what, void *arg)
{
	(void)f;
	if (what != TIOCGWINSZ)
		return -ENOTTY;
	*(struct size *)arg = (struct size){ .rows = 25, .columns = 80 };
	return 0;
}

static int console_stat(struct uk_file *f, struct uk_stat *st)
{
	(void)f;
	st->mode = UK_S_CHAR | 0600;
	st->rdev = 5 << 8 | 1;	/* that of /dev/console */
	return 0;
}

/* Nothing to free. */
static void console_close(struct uk_file *f)
{
	(void)f;
}

static const struct uk_file_ops ops = {
	.name = "console",
	.read = console_read,
	.write = console_write,
	.poll = console_poll,
	.ioctl = console_ioctl,
	.stat = console_stat,
	.close = console_close,
};

static struct uk_file console;

/* Before the heap, and whoever prints. */
static int start(void)
{
	int fd, rc = 0;

	uk_file_init(&console, &ops, UK_O_RDWR);
	console.quiet = true;
	for (fd = 0; fd < 3 && rc >= 0; fd++)
		rc = uk_fd_add(fd ? uk_file_get(&console) : &console, 0);
	return rc < 0 ? rc : 0;
}
uk_early_initcall_prio(start, 0);
