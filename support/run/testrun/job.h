/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The test runner: a list of jobs, each a shell command with a time limit and
 * a description of the right outcome. list.c reads them, pool.c runs them,
 * verdict.c judges one, report.c tells.
 */
#pragma once

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/* A job's life. The last five are results, of which the last three failed. */
enum state {
	WAITING, RUNNING,
	SUCCESS,	/* as described */
	SKIP,		/* could not be tried here, and says why */
	ERROR,		/* was not tried: did not build, did not start */
	FAILURE,	/* was tried, and the outcome is wrong or overdue */
	CRASH,		/* a process of the test was killed by a signal */
};

struct pattern {
	char *text;
	regex_t re;
	bool want;	/* some line matches / no line does */
};

struct job {
	char *name, *kind, *command;
	char *use;		/* what no two jobs may use at once, or NULL */
	size_t *needs, n_needs;	/* indices of jobs that must succeed first */
	unsigned int limit;	/* seconds */
	int status;		/* exit status of the right outcome */
	bool alone;		/* nothing else runs meanwhile */
	struct pattern *patterns;
	size_t n_patterns;

	bool chosen;
	enum state state;
	char reason[200];	/* empty for SUCCESS */
	char *words;		/* the line its first `match` found, or NULL */
	pid_t pid;		/* RUNNING: process and group */
	unsigned int slot;	/* RUNNING: which of the -j places */
	bool overdue;		/* the limit passed */
	double began, seconds;
	double cpu;		/* of it and all that it started */
	char *log;		/* file with everything it printed */
};

struct list {
	struct job *jobs;
	size_t n;
};

/* Exit status with which a test says that it skips itself. */
#define STATUS_SKIP 77
/* What support/run/guest exits with when time ran out / nothing started. */
#define STATUS_LATE 124
#define STATUS_NOSTART 125

static inline bool job_failed(const struct job *j)
{
	return j->state >= ERROR;
}

/* A step (building an image) is told about only when it goes wrong. */
bool job_is_step(const struct job *j);
/* Append the jobs of a file; prints file:line and returns -1 on an error. */
int list_read(struct list *l, FILE *f, const char *file);
/* Choose jobs of `kind` (NULL: all) whose name matches the glob `pattern`
 * (NULL: all), and what they need. Returns how many that are no steps. */
size_t list_choose(struct list *l, const char *kind, const char *pattern);
void list_free(struct list *l);

/* Set state and reason from the wait status and what was printed. out is
 * changed: carriage returns vanish, NULs become visible. out[len] must be
 * writable. */
void verdict(struct job *j, int wstatus, char *out, size_t len);
const char *state_name(enum state s);

struct report {
	bool lines;		/* one line for each test, else a counter */
	size_t total, passed, failed, skipped;
	double began;
};

/* Run all chosen jobs, at most `slots` at once. Returns 0, or the signal that
 * interrupted it; every process it started is gone then as well. */
int pool_run(struct list *l, unsigned int slots, const char *logdir,
	     struct report *r);
double now(void);

void report_begin(struct report *r, const struct list *l);
void report_job(struct report *r, const struct job *j);
/* Logs of what failed, then the closing line. */
void report_end(const struct report *r, const struct list *l);
/* Write results of one kind (NULL: all) to a file; -1 and a message if not. */
int report_json(const struct list *l, const char *kind, const char *file);
void json_string(FILE *f, const char *s);
/* What became of each attack and of its control: the same file's list of
 * attacks, whose names are attack/GROUP/COMPILER/MACHINE/ACT[/control]. */
void attacks_json(const struct list *l, FILE *f);
/* Read a file of at most `most` bytes into a new buffer with room for a NUL
 * after it; the rest is left out. NULL: it cannot be read. */
char *slurp(const char *file, size_t most, size_t *len);
void *grow(void *p, size_t n, size_t size);
