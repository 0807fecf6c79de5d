/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tells: while they finish, at the end, and to programs as JSON.
 */
#include <stdlib.h>
#include <string.h>
#include "job.h"

#define LOG_SHOWN (128u << 10)

void report_begin(struct report *r, const struct list *l)
{
	size_t i;

	r->began = now();
	for (i = 0; i < l->n; i++)
		r->total += l->jobs[i].chosen && !job_is_step(&l->jobs[i]);
}

void report_job(struct report *r, const struct job *j)
{
	/* A step is nobody's result, but a broken one must not pass unseen. */
	if (job_is_step(j) && !job_failed(j))
		return;
	if (j->state == SUCCESS)
		r->passed++;
	else if (j->state == SKIP)
		r->skipped++;
	else
		r->failed++;
	if (!r->lines)
		printf("\r\033[K");
	if (r->lines || j->state != SUCCESS)
		printf("%-8s %s (%.1f s)%s%s\n", state_name(j->state), j->name,
		       j->seconds, j->reason[0] ? ": " : "", j->reason);
	if (!r->lines)
		printf("[%zu/%zu] %zu failed  %.50s",
		       r->passed + r->failed + r->skipped, r->total, r->failed,
		       j->name);
	fflush(stdout);
}

static void show_log(const struct job *j)
{
	size_t len = 0;
	char *out = j->log ? slurp(j->log, LOG_SHOWN, &len) : NULL;

	printf("\n---- %s: %s: %s\n", j->name, state_name(j->state), j->reason);
	if (!out)
		return;
	fwrite(out, 1, len, stdout);
	if (len && out[len - 1] != '\n')
		putchar('\n');
	if (len == LOG_SHOWN)
		printf("---- and more in %s\n", j->log);
	free(out);
}

void report_end(const struct report *r, const struct list *l)
{
	size_t i;

	if (!r->lines)
		printf("\r\033[K");
	for (i = 0; i < l->n; i++)
		if (l->jobs[i].chosen && job_failed(&l->jobs[i]) &&
		    l->jobs[i].pid)
			show_log(&l->jobs[i]);
	if (r->failed) {
		printf("\nFailed:\n");
		for (i = 0; i < l->n; i++)
			if (l->jobs[i].chosen && job_failed(&l->jobs[i]))
				printf("  %-8s %s: %s\n",
				       state_name(l->jobs[i].state),
				       l->jobs[i].name, l->jobs[i].reason);
	}
	printf("\n%.0f s\n%zu passed, %zu failed", now() - r->began, r->passed,
	       r->failed);
	if (r->skipped)
		printf(", %zu skipped", r->skipped);
	putchar('\n');
	fflush(stdout);
}

void json_string(FILE *f, const char *s)
{
	putc('"', f);
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\')
			fprintf(f, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f) /* bytes of no known encoding */
			fprintf(f, "\\u%04x", c);
		else
			putc(c, f);
	}
	putc('"', f);
}

static void json_job(FILE *f, const struct job *j)
{
	fputs("  {\"name\": ", f);
	json_string(f, j->name);
	fputs(", \"kind\": ", f);
	json_string(f, j->kind);
	fprintf(f, ", \"state\": \"%s\", \"seconds\": %.3f, "
		"\"cpu\": %.3f, \"reason\": ", state_name(j->state),
		j->seconds, j->cpu);
	json_string(f, j->reason);
	putc('}', f);
}

/* What was built for the tests, and what that took. */
static void json_steps(FILE *f, const struct list *l)
{
	size_t i, n = 0;

	fputs("\n \"steps\": [\n", f);
	for (i = 0; i < l->n; i++)
		if (l->jobs[i].chosen && job_is_step(&l->jobs[i]) &&
		    !job_failed(&l->jobs[i])) {
			fputs(n++ ? ",\n" : "", f);
			json_job(f, &l->jobs[i]);
		}
	fputs("\n ],", f);
}

int report_json(const struct list *l, const char *kind, const char *file)
{
	size_t i, n = 0, count[CRASH + 1] = { 0 };
	char *tmp = grow(NULL, strlen(file) + 5, 1);
	FILE *f;

	sprintf(tmp, "%s.new", file);
	f = fopen(tmp, "w");
	if (f) {
		fputs("{\"tests\": [\n", f);
		for (i = 0; i < l->n; i++) {
			const struct job *j = &l->jobs[i];

			if (!j->chosen || (kind && strcmp(kind, j->kind)) ||
			    (job_is_step(j) && !job_failed(j)))
				continue;
			fputs(n++ ? ",\n" : "", f);
			json_job(f, j);
			count[j->state]++;
		}
		fputs("\n ],", f);
		if (!kind)
			json_steps(f, l);
		if (kind && !strcmp(kind, "attack"))
			attacks_json(l, f);
		fprintf(f, "\n \"passed\": %zu, \"failed\": %zu, "
			"\"skipped\": %zu}\n", count[SUCCESS],
			n - count[SUCCESS] - count[SKIP], count[SKIP]);
	}
	if (!f || fclose(f) || rename(tmp, file)) {
		perror(file);
		free(tmp);
		return -1;
	}
	free(tmp);
	return 0;
}
