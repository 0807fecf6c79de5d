/* SPDX-License-Identifier: BSD-3-Clause */
/* Characters from the console. */
#include <errno.h>
#include <string.h>
#include <uk/plat.h>
#include "../time/wait.h"
#include "stream.h"

#define CTRL_D 4
#define POLL_NS 1000000

int fgetc(FILE *f)
{
	char c;

	if (f != stdin) {
		f->error = true;
		errno = EBADF;
		return EOF;
	}
	if (f->unread != EOF) {
		int old = f->unread;

		f->unread = EOF;
		return old;
	}
	if (f->eof)
		return EOF;
	/* Who is asked should see the question. */
	fflush(stdout);
	while (!ukplat_console_read(&c, 1))
		nolibc_wait(POLL_NS);
	if (c == CTRL_D) {
		f->eof = true;
		return EOF;
	}
	return c == '\r' ? '\n' : (unsigned char)c;
}

int getc(FILE *f)
{
	return fgetc(f);
}

int getchar(void)
{
	return fgetc(stdin);
}

int ungetc(int c, FILE *f)
{
	if (c == EOF || f->unread != EOF)
		return EOF;
	f->unread = (unsigned char)c;
	f->eof = false;
	return f->unread;
}

char *fgets(char *__restrict s, int size, FILE *__restrict f)
{
	int n = 0, c = 0;

	while (n < size - 1 && c != '\n') {
		c = fgetc(f);
		if (c == EOF)
			break;
		s[n++] = (char)c;
	}
	if (size < 1 || (c == EOF && (!n || f->error)))
		return NULL;
	s[n] = 0;
	return s;
}

size_t fread(void *__restrict p, size_t size, size_t n, FILE *__restrict f)
{
	size_t bytes, done;
	char *to = p;

	if (__builtin_mul_overflow(size, n, &bytes)) {
		f->error = true;
		errno = EOVERFLOW;
		return 0;
	}
	for (done = 0; done < bytes; done++) {
		int c = fgetc(f);

		if (c == EOF)
			break;
		to[done] = (char)c;
	}
	return bytes ? done / size : 0;
}
