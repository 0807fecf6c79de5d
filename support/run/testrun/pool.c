/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs jobs in parallel. Each is the leader of a process group of its own
 * with its output in a file; the group is killed when the time limit passes,
 * and what is left of it when the job ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "job.h"

#define GRACE 2.0		/* seconds between SIGTERM and SIGKILL */
#define LOG_JUDGED (16u << 20)	/* bytes of output that patterns look at */

struct pool {
	struct list *list;
	struct report *report;
	const char *logdir;
	unsigned int slots, running;
	uint64_t taken;		/* slots in use, a bit each */
	bool alone;		/* the one that runs wants no company */
	int signal;		/* interrupted by this one */
};

double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

char *slurp(const char *file, size_t most, size_t *len)
{
	FILE *f = fopen(file, "rb");
	char *buf;

	if (!f)
		return NULL;
	/* Grown as it is read: most logs are short. */
	for (*len = 0, buf = grow(NULL, 1, 1); *len < most;) {
		size_t got, ask = *len < 65536 ? 65536 : *len;

		ask = ask < most - *len ? ask : most - *len;
		buf = grow(buf, *len + ask + 1, 1);
		got = fread(buf + *len, 1, ask, f);
		*len += got;
		if (got < ask)
			break;
	}
	fclose(f);
	buf[*len] = '\0';
	return buf;
}

static char *log_name(const char *dir, const char *name)
{
	char *s = grow(NULL, strlen(dir) + strlen(name) + 6, 1);
	char *p = s + sprintf(s, "%s/", dir);

	sprintf(p, "%s.log", name);
	for (; *p; p++)
		if (*p == '/')
			*p = '+';
	return s;
}

/* In the child: never returns. */
static void become(const struct job *j, int out)
{
	char slot[16];
	sigset_t none;
	int in = open("/dev/null", O_RDONLY);

	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* A make inside must not take over options or tokens of ours. */
	unsetenv("MAKEFLAGS");
	unsetenv("MFLAGS");
	unsetenv("MAKELEVEL");
	unsetenv("MAKEOVERRIDES");
	snprintf(slot, sizeof(slot), "%u", j->slot);
	setenv("TESTRUN_SLOT", slot, 1);
	setenv("TESTRUN_NAME", j->name, 1);
	if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(STATUS_NOSTART);
	execl("/bin/sh", "sh", "-c", j->command, (char *)NULL);
	_exit(127);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void finish(struct pool *p, struct job *j, int wstatus,
		   const struct rusage *used)
{
	size_t len = 0;
	char *out = slurp(j->log, LOG_JUDGED, &len);

	kill(-j->pid, SIGKILL);
	p->running--;
	p->taken &= ~(1ull << j->slot);
	p->alone = false;
	j->seconds = now() - j->began;
	j->cpu = seconds(used->ru_utime) + seconds(used->ru_stime);
	if (p->signal || !out) {
		j->state = ERROR;
		strcpy(j->reason, out ? "interrupted" : "its log is gone");
	} else {
		verdict(j, wstatus, out, len);
		if (job_is_step(j) && j->state == FAILURE)
			j->state = ERROR;
	}
	free(out);
	report_job(p->report, j);
}

static void start(struct pool *p, struct job *j)
{
	int out;

	while (p->taken & (1ull << j->slot))
		j->slot++;
	j->log = log_name(p->logdir, j->name);
	out = open(j->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	j->began = now();
	fflush(NULL);
	j->pid = out < 0 ? -1 : fork();
	if (!j->pid)
		become(j, out);
	if (j->pid < 0) {
		j->state = ERROR;
		snprintf(j->reason, sizeof(j->reason), "%s: %s",
			 out < 0 ? j->log : "fork", strerror(errno));
		report_job(p->report, j);
	} else {
		setpgid(j->pid, j->pid);	/* here too: whoever is first */
		j->state = RUNNING;
		p->running++;
		p->taken |= 1ull << j->slot;
		p->alone = j->alone;
	}
	if (out >= 0)
		close(out);
}

/* May it start now? Settles it for good if what it needs went wrong. */
static bool ready(struct pool *p, struct job *j)
{
	bool yes = true;
	size_t i;

	for (i = 0; i < j->n_needs; i++) {
		const struct job *n = &p->list->jobs[j->needs[i]];

		if (n->state == WAITING || n->state == RUNNING) {
			yes = false;
		} else if (n->state != SUCCESS) {
			char why[sizeof(n->reason)];

			memcpy(why, n->reason, sizeof(why));
			j->state = n->state == SKIP ? SKIP : ERROR;
			snprintf(j->reason, sizeof(j->reason),
				 "needs %.80s: %.100s", n->name, why);
			report_job(p->report, j);
			return false;
		}
	}
	return yes;
}

/* Does a running job use what this one needs for itself? */
static bool in_use(const struct pool *p, const struct job *j)
{
	size_t i;

	for (i = 0; j->use && i < p->list->n; i++) {
		const struct job *other = &p->list->jobs[i];

		if (other->state == RUNNING && other->use &&
		    !strcmp(other->use, j->use))
			return true;
	}
	return false;
}

/* Start what can be started. Returns how many still wait. Those that want
 * to be alone come last, when nothing else is left. */
static size_t fill(struct pool *p)
{
	size_t i, left = 0, company = 0;
	struct job *j, *single = NULL;

	for (i = 0; i < p->list->n; i++) {
		j = &p->list->jobs[i];
		if (!j->chosen || j->state != WAITING)
			continue;
		if (!p->signal && ready(p, j)) {
			if (j->alone && !single)
				single = j;
			if (!j->alone && !p->alone && p->running < p->slots &&
			    !in_use(p, j))
				start(p, j);
		}
		left += j->state == WAITING;
		company += j->state == WAITING && !j->alone;
	}
	if (single && !p->running && !company)
		start(p, single);
	return p->signal ? 0 : left;
}

/* Kill what is overdue. Returns seconds until the next one may be. */
static double expire(struct pool *p)
{
	double t = now(), next = 3600, due;
	size_t i;

	for (i = 0; i < p->list->n; i++) {
		struct job *j = &p->list->jobs[i];

		if (j->state != RUNNING)
			continue;
		due = j->began + j->limit + (j->overdue ? GRACE : 0);
		if (t >= due) {
			kill(-j->pid, j->overdue ? SIGKILL : SIGTERM);
			j->overdue = true;
			due = t + GRACE;
		}
		next = fmin(next, due - t);
	}
	return next;
}

static void interrupt(struct pool *p, int sig)
{
	size_t i;

	p->signal = sig;
	for (i = 0; i < p->list->n; i++) {
		struct job *j = &p->list->jobs[i];

		if (j->state != RUNNING)
			continue;
		/* As if its limit had passed: expire() kills what resists. */
		kill(-j->pid, SIGTERM);
		j->overdue = true;
		j->began = now();
		j->limit = 0;
	}
}

static void reap(struct pool *p)
{
	struct rusage used;
	int wstatus;
	pid_t pid;
	size_t i;

	while ((pid = wait4(-1, &wstatus, WNOHANG, &used)) > 0)
		for (i = 0; i < p->list->n; i++)
			if (p->list->jobs[i].state == RUNNING &&
			    p->list->jobs[i].pid == pid)
				finish(p, &p->list->jobs[i], wstatus, &used);
}

int pool_run(struct list *l, unsigned int slots, const char *logdir,
	     struct report *r)
{
	struct pool p = { .list = l, .report = r, .logdir = logdir,
			  .slots = slots };
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &old);
	/* Daemons that a test leaves behind come back to us, not to init. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);

	while (fill(&p) || p.running) {
		double wait = expire(&p);
		struct timespec t = { (time_t)wait,
				      (long)(fmod(wait, 1) * 1e9) };
		int sig = sigtimedwait(&set, NULL, &t);

		if (sig == SIGINT || sig == SIGTERM)
			interrupt(&p, sig);
		reap(&p);
	}
	sigprocmask(SIG_SETMASK, &old, NULL);
	return p.signal;
}
