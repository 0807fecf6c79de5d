/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What lwIP's unit tests use of the library "check", without processes: a test
 * that fails goes on, and is told by name at its end.
 */
#pragma once

#include <stddef.h>

#define CHECK_MAJOR_VERSION 0
#define CHECK_MINOR_VERSION 14

enum { CK_NORMAL, CK_FORK, CK_NOFORK };

typedef struct check_test {
	const char *name;
	void (*run)(int i);
} TTest;
typedef void (*SFun)(void);
typedef struct check_case TCase;
typedef struct check_suite Suite;
typedef struct check_runner SRunner;

#define START_TEST(test)						\
	static void test##_run(int _i __attribute__((unused)));	\
	static const TTest test##_is = { #test, test##_run };		\
	static const TTest *const test = &test##_is;			\
	static void test##_run(int _i __attribute__((unused)))
#define END_TEST

#define fail_unless(cond, ...)						\
	((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__))
#define fail_if(cond, ...) fail_unless(!(cond))
#define fail(...) check_failed("fail", __FILE__, __LINE__)
void check_failed(const char *what, const char *file, int line);

Suite *suite_create(const char *name);
void suite_add_tcase(Suite *s, TCase *c);
TCase *tcase_create(const char *name);
void tcase_add_test(TCase *c, const TTest *t);
void tcase_add_checked_fixture(TCase *c, SFun before, SFun after);
SRunner *srunner_create(Suite *s);
void srunner_add_suite(SRunner *r, Suite *s);
void srunner_set_xml(SRunner *r, const char *file);
void srunner_run_all(SRunner *r, int how);
int srunner_ntests_failed(SRunner *r);
void srunner_free(SRunner *r);
