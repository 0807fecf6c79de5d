/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers and texts, there and back; a regular expression; a stream. */
#include <float.h>
#include <math.h>
#include <regex.h>
#include <stdint.h>
#include <string.h>
#include "check.h"

static int descending(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

static void numbers(void)
{
	char buf[400];
	int n[1000];
	char *end;

	CHECK(snprintf(buf, sizeof(buf), "%.17g|%a|%Lf|%08.3f|%+d|%#x|%s",
		       0.1, 1.5, 2.25L, -3.14159, 42, 255, "text") == 60);
	CHECK(!strcmp(buf, "0.10000000000000001|0x1.8p+0|2.250000|-003.142|+42|"
		      "0xff|text"));
	CHECK(strtod("1.7976931348623157e308", NULL) == DBL_MAX);
	CHECK(strtod("0x1.8p1xyz", &end) == 3 && !strcmp(end, "xyz"));
	CHECK(strtod("4.9406564584124654e-324", NULL) == 0x1p-1074);
	CHECK(strtoll("-9223372036854775808", NULL, 10) == INT64_MIN);
	CHECK(fabs(sin(1) - 0.8414709848078965) < 1e-15);
	CHECK(pow(2, 0.5) == sqrt(2) && cbrt(27) == 3);
	CHECK(fabsl(expl(1) - 2.71828182845904523536L) < 1e-17L);
	for (int i = 0; i < 1000; i++)
		n[i] = i * 7919 % 1000;
	qsort(n, 1000, sizeof(*n), descending);
	for (int i = 0; i < 1000; i++)
		CHECK(n[i] == 999 - i);
}

static void streams(void)
{
	char *text;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int a, b;

	CHECK(f && fprintf(f, "%d apples, %d pears", 3, 5) == 17);
	CHECK(!fclose(f) && len == 17);
	CHECK(sscanf(text, "%d apples, %d", &a, &b) == 2 && a == 3 && b == 5);
	free(text);
	f = fmemopen("line one\nline two\n", 18, "r");
	text = NULL;
	CHECK(getline(&text, &len, f) == 9 && getline(&text, &len, f) == 9);
	CHECK(getline(&text, &len, f) == -1 && feof(f));
	CHECK(!strcmp(text, "line two\n"));
	free(text);
	fclose(f);
	CHECK(!fopen("/no/files/here", "r"));
}

void text(void)
{
	regex_t re;
	regmatch_t m[2];

	numbers();
	streams();
	CHECK(!regcomp(&re, "([a-z]+)@example\\.(com|org)", REG_EXTENDED));
	CHECK(!regexec(&re, "to: bob@example.org", 2, m, 0));
	CHECK(m[1].rm_so == 4 && m[1].rm_eo == 7);
	regfree(&re);
	puts("text: right");
}
