/* SPDX-License-Identifier: BSD-3-Clause */
/* Signals, and who the process is. */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include "check.h"

static volatile int seen, informed;

static void plain(int sig)
{
	seen = sig;
}

static void inform(int sig, siginfo_t *info, void *context)
{
	CHECK(info->si_signo == sig && context);
	informed++;
}

static void handlers(void)
{
	struct sigaction sa = {
		.sa_sigaction = inform, .sa_flags = SA_SIGINFO,
	};
	sigset_t set, old;

	CHECK(signal(SIGUSR1, plain) == SIG_DFL && !raise(SIGUSR1));
	CHECK(seen == SIGUSR1);
	CHECK(!sigaction(SIGUSR2, &sa, NULL) && !kill(getpid(), SIGUSR2));
	CHECK(informed == 1);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	CHECK(!sigprocmask(SIG_BLOCK, &set, &old) && !raise(SIGUSR2));
	CHECK(informed == 1 && !sigpending(&set) && sigismember(&set, SIGUSR2));
	CHECK(!sigprocmask(SIG_SETMASK, &old, NULL) && informed == 2);
	CHECK(!kill(getpid(), SIGCHLD) && kill(77, SIGUSR1) == -1);
	CHECK(errno == ESRCH);
	signal(SIGTERM, SIG_IGN);
	CHECK(!raise(SIGTERM));
}

/* An alarm ends a wait. */
static void alarms(void)
{
	struct itimerval t = { { 0, 0 }, { 0, 2000 } };
	sigset_t set;
	int sig;

	seen = 0;
	signal(SIGALRM, plain);
	CHECK(!setitimer(ITIMER_REAL, &t, NULL));
	CHECK(sleep(10) >= 9 && seen == SIGALRM);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	seen = 0;
	CHECK(!sigprocmask(SIG_BLOCK, &set, NULL));
	CHECK(!setitimer(ITIMER_REAL, &t, NULL));
	CHECK(!sigwait(&set, &sig) && sig == SIGALRM && !seen);
	CHECK(!sigprocmask(SIG_UNBLOCK, &set, NULL));
}

static void identity(void)
{
	struct utsname u;
	struct rlimit r;
	struct rusage ru;
	struct sysinfo si;
	cpu_set_t cpus;
	char random[32] = { 0 };
	int sum = 0;

	CHECK(getpid() == 1 && getppid() == 0 && getpgrp() == 1);
	CHECK(!uname(&u) && !strcmp(u.sysname, "Redoubt"));
	CHECK(!getrlimit(RLIMIT_NOFILE, &r) && r.rlim_cur >= 64);
	CHECK(!getrusage(RUSAGE_SELF, &ru) && !sysinfo(&si) && si.freeram);
	CHECK(!sched_getaffinity(0, sizeof(cpus), &cpus));
	CHECK(CPU_COUNT(&cpus) == 1 && sysconf(_SC_NPROCESSORS_ONLN) == 1);
	CHECK(sysconf(_SC_PAGESIZE) == 4096 && sysconf(_SC_PHYS_PAGES) > 0);
	CHECK(wait(NULL) == -1 && errno == ECHILD);
	CHECK(!getuid() && !setgroups(0, NULL) && !setgid(33) && !setuid(33));
	CHECK(geteuid() == 33 && setuid(0) == -1 && errno == EPERM);
	CHECK(getrandom(random, sizeof(random), 0) == sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++)
		sum |= random[i];
	CHECK(sum && isatty(1) && lseek(1, 0, SEEK_SET) == -1);
	CHECK(errno == ESPIPE);
}

void signals(void)
{
	handlers();
	alarms();
	identity();
	puts("signal: right");
}
