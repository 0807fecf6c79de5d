/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Judges one finished job: how it ended, then what it printed.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include "job.h"

const char *state_name(enum state s)
{
	static const char *const name[] = {
		"waiting", "running", "success", "skip", "error", "failure",
		"crash",
	};

	return name[s];
}

#define SAY(j, s, ...)							\
	((j)->state = (s),						\
	 (void)snprintf((j)->reason, sizeof((j)->reason), __VA_ARGS__))

/* Make text of it: one kind of line end, no NUL before the last byte. */
static size_t tidy(char *out, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		if (out[i] == '\r')
			continue;
		out[n++] = out[i] ? out[i] : '?';
	}
	out[n] = '\0';
	return n;
}

/* The last line with something in it: a skipping test's reason. */
static void last_line(const char *out, char *to, size_t size)
{
	size_t end = strlen(out), from;

	while (end && (out[end - 1] == '\n' || out[end - 1] == ' '))
		end--;
	for (from = end; from && out[from - 1] != '\n'; from--)
		;
	(void)snprintf(to, size, "%.*s", (int)(end - from), out + from);
}

/* The whole line that a pattern was found in, for the record. */
static char *line_of(const char *out, const regmatch_t *at)
{
	size_t from = (size_t)at->rm_so, end = (size_t)at->rm_so;
	char *line;

	while (from && out[from - 1] != '\n')
		from--;
	while (out[end] && out[end] != '\n')
		end++;
	line = grow(NULL, end - from + 1, 1);
	memcpy(line, out + from, end - from);
	line[end - from] = '\0';
	return line;
}

static void judge_text(struct job *j, const char *out)
{
	regmatch_t at;
	size_t i;

	for (i = 0; i < j->n_patterns; i++) {
		const struct pattern *p = &j->patterns[i];
		bool seen = !regexec(&p->re, out, 1, &at, 0);

		if (seen && p->want && !j->words)
			j->words = line_of(out, &at);
		if (seen == p->want)
			continue;
		SAY(j, FAILURE, p->want ? "no line matches '%.150s'" :
		    "a line matches '%.150s'", p->text);
		return;
	}
	j->state = SUCCESS;
	j->reason[0] = '\0';
}

static void judge_status(struct job *j, int st)
{
	/* Shells and make report a child's death by a signal this way. */
	if (st > 128 && st < 128 + NSIG)
		SAY(j, CRASH, "killed by signal %d (%s)", st - 128,
		    strsignal(st - 128));
	else if (st == STATUS_LATE)
		SAY(j, FAILURE, "no end within its time limit");
	else if (st >= STATUS_NOSTART && st <= 127)
		SAY(j, ERROR, "did not build or start (status %d)", st);
	else
		SAY(j, FAILURE, "status %d, expected %d", st, j->status);
}

void verdict(struct job *j, int wstatus, char *out, size_t len)
{
	int st = WIFEXITED(wstatus) ? WEXITSTATUS(wstatus) : -1;

	tidy(out, len);
	if (j->overdue)
		SAY(j, FAILURE, "no end within %u s, stopped", j->limit);
	else if (WIFSIGNALED(wstatus))
		SAY(j, CRASH, "killed by signal %d (%s)", WTERMSIG(wstatus),
		    strsignal(WTERMSIG(wstatus)));
	else if (st == j->status)
		judge_text(j, out);
	else if (st == STATUS_SKIP) {
		j->state = SKIP;
		last_line(out, j->reason, sizeof(j->reason));
		if (!j->reason[0])
			SAY(j, ERROR, "skips without a reason");
	} else
		judge_status(j, st);
}
