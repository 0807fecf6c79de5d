/* SPDX-License-Identifier: BSD-3-Clause */
/* Streams, the heap, the ways out, long jumps. */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "host.h"

NL(fputc); NL(putc); NL(putchar); NL(fputs); NL(puts); NL(fwrite);
NL(perror); NL(fgetc); NL(getc); NL(getchar); NL(ungetc); NL(fgets);
NL(fread); NL(fflush); NL(setvbuf); NL(setbuf); NL(feof); NL(ferror);
NL(clearerr); NL(fileno); NL(fprintf); NL(write); NL(stdout); NL(stderr);
NL(stdin);
NL(malloc); NL(calloc); NL(realloc); NL(reallocarray); NL(aligned_alloc);
NL(posix_memalign); NL(free); NL(atexit); NL(exit); NL(_Exit); NL(abort);
NL(getenv); NL(_exit);
extern size_t nl_malloc_usable_size(void *p);
NL(mblen); NL(mbtowc); NL(wctomb); NL(mbstowcs); NL(wcstombs);
extern void nl_nolibc_assert_fail(const char *, const char *, int,
				  const char *);
extern int nl_setjmp(uintptr_t env[9]) __attribute__((returns_twice));
extern void nl_longjmp(uintptr_t env[9], int v) __attribute__((noreturn));

/* What the console got meanwhile */
#define EXPECT(text)							\
	do {								\
		assert_string_equal(host_console, text);		\
		host_console_clear();					\
	} while (0)

static void output(void **state)
{
	char buf[300], long_line[400];

	(void)state;
	host_console_clear();
	assert_int_equal(nl_fputs("no line yet", nl_stdout), 0);
	EXPECT("");
	assert_int_equal(nl_fflush(nl_stdout), 0);
	EXPECT("no line yet");
	assert_int_equal(nl_puts("line"), 0);
	EXPECT("line\n");
	assert_int_equal(nl_putchar('\xff'), 255);
	assert_int_equal(nl_putc('b', nl_stdout), 'b');
	nl_fflush(NULL);
	EXPECT("\xff" "b");
	assert_int_equal(nl_fputc('c', nl_stderr), 'c');
	EXPECT("c");
	memset(long_line, 'x', sizeof(long_line));
	assert_int_equal(nl_fwrite(long_line, 4, 100, nl_stdout), 100);
	nl_fflush(nl_stdout);
	assert_int_equal(host_console_len, 400);
	host_console_clear();
	assert_int_equal(nl_fwrite("abc", 1, 0, nl_stdout), 0);
	assert_int_equal(nl_fwrite("abc", 0, 1, nl_stdout), 0);
	nl_errno = 0;
	assert_int_equal(nl_fwrite("abc", SIZE_MAX, 2, nl_stdout), 0);
	assert_int_equal(nl_errno, EOVERFLOW);
	assert_true(nl_ferror(nl_stdout));
	nl_clearerr(nl_stdout);
	assert_false(nl_ferror(nl_stdout));

	/* All of it buffered, then nothing */
	assert_int_equal(nl_setvbuf(nl_stdout, buf, _IOFBF, sizeof(buf)), 0);
	nl_puts("line");
	EXPECT("");
	assert_int_equal(nl_setvbuf(nl_stdout, NULL, _IONBF, 0), 0);
	EXPECT("line\n");
	nl_putchar('a');
	EXPECT("a");
	nl_setbuf(nl_stdout, buf);
	nl_putchar('a');
	EXPECT("");
	assert_int_equal(nl_setvbuf(nl_stdout, buf, _IOLBF, sizeof(buf)), 0);
	EXPECT("a");
	assert_int_equal(nl_setvbuf(nl_stdout, buf, 7, sizeof(buf)), -1);
	assert_int_equal(nl_setvbuf(nl_stderr, NULL, _IOFBF, 0), 0);
	nl_fputs("x", nl_stderr);
	EXPECT("x");

	assert_int_equal(nl_fileno(nl_stdin), 0);
	assert_int_equal(nl_fileno(nl_stdout), 1);
	assert_int_equal(nl_fileno(nl_stderr), 2);
	nl_errno = ENOENT;
	nl_perror("file");
	EXPECT("file: No such file or directory\n");
	nl_perror("");
	EXPECT("No such file or directory\n");
	assert_int_equal(nl_write(1, "abc", 2), 2);
	EXPECT("ab");
	assert_int_equal(nl_write(5, "abc", 2), -1);
	assert_int_equal(nl_errno, EBADF);
}

static void refused(void **state)
{
	(void)state;
	nl_errno = 0;
	assert_int_equal(nl_fputs("x", nl_stdin), EOF);
	assert_int_equal(nl_errno, EBADF);
	assert_true(nl_ferror(nl_stdin));
	nl_clearerr(nl_stdin);
	nl_errno = 0;
	assert_int_equal(nl_fprintf(nl_stdin, "x"), -1);
	assert_int_equal(nl_errno, EBADF);
	nl_errno = 0;
	assert_int_equal(nl_fgetc(nl_stdout), EOF);
	assert_int_equal(nl_errno, EBADF);
	assert_true(nl_ferror(nl_stdout));
	nl_clearerr(nl_stdout);
	nl_clearerr(nl_stdin);
}

static void input(void **state)
{
	char buf[20];

	(void)state;
	host_console_type("ab\rlonger line\nrest");
	assert_int_equal(nl_getchar(), 'a');
	assert_int_equal(nl_ungetc('A', nl_stdin), 'A');
	assert_int_equal(nl_ungetc('B', nl_stdin), EOF);
	assert_int_equal(nl_ungetc(EOF, nl_stdin), EOF);
	assert_ptr_equal(nl_fgets(buf, sizeof(buf), nl_stdin), buf);
	assert_string_equal(buf, "Ab\n");
	assert_ptr_equal(nl_fgets(buf, 7, nl_stdin), buf);
	assert_string_equal(buf, "longer");
	assert_ptr_equal(nl_fgets(buf, sizeof(buf), nl_stdin), buf);
	assert_string_equal(buf, " line\n");
	assert_int_equal(nl_fread(buf, 2, 2, nl_stdin), 2);
	assert_memory_equal(buf, "rest", 4);
	host_console_type("xyz\x04" "after");
	assert_int_equal(nl_getc(nl_stdin), 'x');
	assert_int_equal(nl_fread(buf, 2, 4, nl_stdin), 1);
	assert_true(nl_feof(nl_stdin));
	assert_int_equal(nl_getchar(), EOF);
	assert_null(nl_fgets(buf, sizeof(buf), nl_stdin));
	nl_clearerr(nl_stdin);
	assert_int_equal(nl_getchar(), 'a');
	assert_null(nl_fgets(buf, 0, nl_stdin));
	assert_ptr_equal(nl_fgets(buf, 1, nl_stdin), buf);
	assert_string_equal(buf, "");
	assert_int_equal(nl_fread(buf, 0, 4, nl_stdin), 0);
	nl_errno = 0;
	assert_int_equal(nl_fread(buf, SIZE_MAX, 4, nl_stdin), 0);
	assert_int_equal(nl_errno, EOVERFLOW);
	nl_clearerr(nl_stdin);
	host_console_type("");
}

static void heap(void **state)
{
	volatile size_t many = SIZE_MAX / 2;
	void *p;

	(void)state;
	p = nl_malloc(10);
	assert_non_null(p);
	p = nl_realloc(p, 100);
	assert_non_null(p);
	assert_true(nl_malloc_usable_size(p) > 0);
	assert_int_equal(nl_malloc_usable_size(NULL), 0);
	nl_free(p);
	p = nl_calloc(3, 5);
	assert_memory_equal(p, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15);
	nl_free(p);
	nl_free(NULL);
	assert_int_equal(nl_posix_memalign(&p, 64, 10), 0);
	assert_int_equal((uintptr_t)p % 64, 0);
	nl_free(p);
	p = nl_aligned_alloc(32, 64);
	assert_int_equal((uintptr_t)p % 32, 0);
	nl_free(p);

#define FAILS(call, error)						\
	do {								\
		nl_errno = 0;						\
		assert_null(call);					\
		assert_int_equal(nl_errno, error);			\
	} while (0)
	FAILS(nl_aligned_alloc(24, 48), EINVAL);
	assert_int_equal(nl_posix_memalign(&p, 4, 10), EINVAL);
	assert_int_equal(nl_posix_memalign(&p, 24, 10), EINVAL);
	FAILS(nl_reallocarray(NULL, many, 3), ENOMEM);
	host_alloc_fail = 4;
	FAILS(nl_malloc(1), ENOMEM);
	FAILS(nl_calloc(1, 1), ENOMEM);
	FAILS(nl_realloc(NULL, 1), ENOMEM);
	assert_int_equal(nl_posix_memalign(&p, 64, 10), ENOMEM);
	/* This one has freed it: no failure */
	p = nl_malloc(1);
	nl_errno = 0;
	p = nl_realloc(p, 0);
	assert_null(p);
	assert_int_equal(nl_errno, 0);
}

static void register_again(void)
{
	host_console[0]++;
}

static void ways_out(void **state)
{
	int i;

	(void)state;
	if (!setjmp(host_gone))
		nl_exit(3);
	assert_int_equal(host_status, 3);
	if (!setjmp(host_gone))
		nl__Exit(4);
	assert_int_equal(host_status, 4);
	if (!setjmp(host_gone))
		nl__exit(5);
	assert_int_equal(host_status, 5);
	if (!setjmp(host_gone))
		nl_abort();
	assert_string_equal(host_crash, "abort() was called");
	if (!setjmp(host_gone))
		nl_nolibc_assert_fail("a == b", "x.c", 7, "main");
	assert_string_equal(host_crash, "a == b, main() (x.c:7)");
	assert_null(nl_getenv("PATH"));
	/* 32 handlers at least; they run when this program ends */
	for (i = 0; i < 32; i++)
		assert_int_equal(nl_atexit(register_again), 0);
	assert_int_equal(nl_atexit(register_again), -1);
	assert_int_equal(nl_errno, ENOMEM);
}

__attribute__((noinline)) static void jump(uintptr_t env[9], int v)
{
	nl_longjmp(env, v);
}

__attribute__((noinline)) static void jump_from_deep(uintptr_t env[9], int v)
{
	volatile char frame[64] = { (char)v };

	jump(env, v);
	frame[1] = frame[0];
}

/* Fills the registers that a function must keep, calls setjmp, spoils them,
 * jumps back. Returns the sum of what is left of 1, 2, 4, 8, 16, 32. */
int registers_kept(uintptr_t env[9]);
__asm__(".globl registers_kept\nregisters_kept:\n"
	"push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
	"push %rdi\n"
	"mov $1, %ebx; mov $2, %ebp; mov $4, %r12d; mov $8, %r13d\n"
	"mov $16, %r14d; mov $32, %r15d\n"
	"call nl_setjmp\n"
	"test %eax, %eax; jnz 1f\n"
	"xor %ebx, %ebx; xor %ebp, %ebp; xor %r12d, %r12d; xor %r13d, %r13d\n"
	"xor %r14d, %r14d; xor %r15d, %r15d\n"
	"mov (%rsp), %rdi; mov $1, %esi; sub $64, %rsp; call nl_longjmp\n"
	"1: lea (%rbx, %rbp), %eax; add %r12d, %eax; add %r13d, %eax\n"
	"add %r14d, %eax; add %r15d, %eax\n"
	"pop %rdi\n"
	"pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx; ret\n");

static void jumps(void **state)
{
	static const int values[] = { 1, 0, -5, INT_MAX };
	uintptr_t env[9];
	volatile unsigned int i;
	volatile double kept = 1.5;
	unsigned int csr, other;
	int v;

	(void)state;
	for (i = 0; i < 4; i++) {
		v = nl_setjmp(env);
		if (v == 0)
			jump_from_deep(env, values[i]);
		assert_int_equal(v, values[i] ? values[i] : 1);
		assert_true(kept == 1.5);
	}
	assert_int_equal(registers_kept(env), 63);
	/* The rounding mode comes back too. */
	__asm__ __volatile__("stmxcsr %0" : "=m"(csr));
	if (!nl_setjmp(env)) {
		other = csr | 0x6000;
		__asm__ __volatile__("ldmxcsr %0" : : "m"(other));
		nl_longjmp(env, 1);
	}
	__asm__ __volatile__("stmxcsr %0" : "=m"(other));
	assert_int_equal(csr & 0xffc0, other & 0xffc0);
}

/* Every character, and broken ones, as the host's C.UTF-8 has it */
static void multibyte(void **state)
{
	static const char *const bad[] = {
		"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf",
		"\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
		"\xf8\x88\x80\x80", "\xc3", "\xc3(", "\xe2\x82", "\xff",
	};
	char mine[8], theirs[8], text[16];
	wchar_t c, a, b, wide[8];
	unsigned int i;
	int n;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	for (c = 0; c < 0x110010; c += c < 0x3000 ? 1 : 61) {
		memset(mine, 0, sizeof(mine));
		memset(theirs, 0, sizeof(theirs));
		n = nl_wctomb(mine, c);
		assert_int_equal(n, wctomb(theirs, c));
		if (n < 0)
			continue;
		assert_memory_equal(mine, theirs, sizeof(mine));
		a = b = 7;
		assert_int_equal(nl_mbtowc(&a, mine, sizeof(mine)),
				 mbtowc(&b, mine, sizeof(mine)));
		assert_int_equal(a, b);
		assert_int_equal(nl_mblen(mine, (size_t)n),
				 mblen(mine, (size_t)n));
		if (n > 1)
			assert_int_equal(nl_mblen(mine, (size_t)n - 1), -1);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		nl_errno = 0;
		assert_int_equal(nl_mbtowc(&a, bad[i], 4), -1);
		assert_int_equal(nl_errno, EILSEQ);
		assert_int_equal((int)nl_mbstowcs(wide, bad[i], 8), -1);
	}
	assert_int_equal(nl_mbtowc(NULL, NULL, 0), 0);
	assert_int_equal(nl_wctomb(NULL, 'x'), 0);
	assert_int_equal(nl_mbstowcs(NULL, "a\xc3\xa9" "b", 0), 3);
	assert_int_equal(nl_mbstowcs(wide, "a\xc3\xa9" "b", 8), 3);
	assert_true(wide[1] == 0xe9 && wide[3] == 0);
	assert_int_equal(nl_wcstombs(NULL, wide, 0), 4);
	assert_int_equal(nl_wcstombs(text, wide, sizeof(text)), 4);
	assert_string_equal(text, "a\xc3\xa9" "b");
	assert_int_equal(nl_wcstombs(text, wide, 2), 1);
	wide[1] = 0xd800;
	assert_int_equal((int)nl_wcstombs(text, wide, sizeof(text)), -1);
	setlocale(LC_CTYPE, "C");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output),
		cmocka_unit_test(refused),
		cmocka_unit_test(input),
		cmocka_unit_test(heap),
		cmocka_unit_test(ways_out),
		cmocka_unit_test(jumps),
		cmocka_unit_test(multibyte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
