/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Functions in which every mitigation has something to do; compiled with and
 * without each by both compilers. PREFIX keeps the two apart in one image.
 */
#include <uk/str.h>

#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define F(name) CAT(PREFIX, name)

void use(void *);

struct pair {
	char tag;
	long value;
};

extern struct { int a[4]; int b; } table;
struct last { int n, a[4]; };
struct last F(last);

int F(array_of_fixed_size)(int n);
void F(array_of_run_time_size)(int n);
void F(frame_of_many_pages)(void);
void F(frame_of_some_pages)(void);
int F(index_from_outside)(int i);
int F(local_index)(int i);
int F(call_through_pointer)(int (*f)(int), int x);
long F(struct_by_address)(void);
int F(arithmetic)(int a, int b, int c);
int F(division)(int a, int b);
int F(last_array)(int i);
long F(filled_by_hand)(long v);
char F(copy_from_outside)(const char *s, size_t n);
char F(copy_that_fits)(const char *s, size_t n);

int F(array_of_fixed_size)(int n)
{
	char b[32];

	use(b);
	return b[n & 31];
}

void F(array_of_run_time_size)(int n)
{
	char b[n];

	use(b);
}

void F(frame_of_many_pages)(void)
{
	char b[40000];

	use(b);
}

void F(frame_of_some_pages)(void)
{
	char b[9000];

	use(b);
}

int F(index_from_outside)(int i)
{
	return table.a[i];
}

int F(local_index)(int i)
{
	int v[8];

	use(v);
	return v[i];
}

int F(call_through_pointer)(int (*f)(int), int x)
{
	return f(x) + 1;
}

long F(struct_by_address)(void)
{
	struct pair p;

	use(&p);
	return p.value;
}

int F(arithmetic)(int a, int b, int c)
{
	return (a * b) ^ c;
}

int F(division)(int a, int b)
{
	return a / b;
}

int F(last_array)(int i)
{
	return F(last).a[i];
}

/* Padding is not missed. */
long F(filled_by_hand)(long v)
{
	struct pair p = { 1, v };

	use(&p);
	return p.value;
}

char F(copy_from_outside)(const char *s, size_t n)
{
	char b[64];

	memcpy(b, s, n);
	use(b);
	return b[0];
}

/* Nobody has to look again. */
char F(copy_that_fits)(const char *s, size_t n)
{
	char b[64];

	memcpy(b, s, n < 33 ? n : 33);
	use(b);
	return b[0];
}
