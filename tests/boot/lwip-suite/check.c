/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs the tests of "check.h" one after the other, in the order given. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check_case {
	struct check_case *next;
	const TTest *test;
	SFun before, after;
};

struct check_suite {
	struct check_suite *next;
	const char *name;
	struct check_case *first, **last;
};

struct check_runner {
	struct check_suite *first, **last;
	unsigned int run, failed;
};

static unsigned int wrong;	/* in the test that runs */

static void *zeroed(size_t size)
{
	void *p = calloc(1, size);

	if (!p)
		abort();
	return p;
}

void check_failed(const char *what, const char *file, int line)
{
	const char *name = strrchr(file, '/');

	printf("failed: %s, %s:%d\n", what, name ? name + 1 : file, line);
	wrong++;
}

Suite *suite_create(const char *name)
{
	Suite *s = zeroed(sizeof(*s));

	s->name = name;
	s->last = &s->first;
	return s;
}

void suite_add_tcase(Suite *s, TCase *c)
{
	*s->last = c;
	s->last = &c->next;
}

TCase *tcase_create(const char *name)
{
	(void)name;	/* a case holds one test, which has a name */
	return zeroed(sizeof(TCase));
}

void tcase_add_test(TCase *c, const TTest *t)
{
	c->test = t;
}

void tcase_add_checked_fixture(TCase *c, SFun before, SFun after)
{
	c->before = before;
	c->after = after;
}

SRunner *srunner_create(Suite *s)
{
	SRunner *r = zeroed(sizeof(*r));

	r->last = &r->first;
	srunner_add_suite(r, s);
	return r;
}

void srunner_add_suite(SRunner *r, Suite *s)
{
	*r->last = s;
	r->last = &s->next;
}

void srunner_set_xml(SRunner *r, const char *file)
{
	(void)r, (void)file;
}

static void run(SRunner *r, const Suite *s, const TCase *c)
{
	wrong = 0;
	if (c->before)
		c->before();
	c->test->run(0);
	if (c->after)
		c->after();
	r->run++;
	r->failed += wrong != 0;
	if (wrong)
		printf("not ok %u - %s: %s\n", r->run, s->name, c->test->name);
}

void srunner_run_all(SRunner *r, int how)
{
	const Suite *s;
	const TCase *c;

	(void)how;
	for (s = r->first; s; s = s->next) {
		unsigned int before = r->run;

		for (c = s->first; c; c = c->next)
			run(r, s, c);
		printf("%s: %u tests\n", s->name, r->run - before);
	}
	printf("%u tests, %u failed\n", r->run, r->failed);
}

int srunner_ntests_failed(SRunner *r)
{
	return (int)r->failed;
}

/* The image ends with it. */
void srunner_free(SRunner *r)
{
	(void)r;
}
