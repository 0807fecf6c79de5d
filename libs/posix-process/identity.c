/* SPDX-License-Identifier: BSD-3-Clause */
/* Which process this is: number 1, its own leader, nobody's child. */
#include <uk/str.h>
#include <uk/syscall.h>

#define NAME 65

/* As the kernel lays it out. */
struct names {
	char system[NAME], node[NAME], release[NAME], version[NAME];
	char machine[NAME], domain[NAME];
};

UK_SYSCALL_R_DEFINE(int, getpid)
{
	return 1;
}

UK_SYSCALL_R_DEFINE(int, getppid)
{
	return 0;
}

UK_SYSCALL_R_DEFINE(int, getpgrp)
{
	return 1;
}

UK_SYSCALL_R_DEFINE(int, getpgid, int, pid)
{
	return pid == 0 || pid == 1 ? 1 : -ESRCH;
}

UK_SYSCALL_R_DEFINE(int, getsid, int, pid)
{
	return pid == 0 || pid == 1 ? 1 : -ESRCH;
}

/* It leads its group already. */
UK_SYSCALL_R_DEFINE(int, setsid)
{
	return -EPERM;
}

UK_SYSCALL_R_DEFINE(int, wait4, int, pid, int *, status, int, options,
		    void *, usage)
{
	(void)pid, (void)status, (void)options, (void)usage;
	return -ECHILD;
}

static void name(char *to, const char *text)
{
	memcpy(to, text, strlen(text) + 1);
}

UK_SYSCALL_R_DEFINE(int, uname, struct names *, n)
{
	UK_CTASSERT(sizeof(CONFIG_UK_NAME) <= NAME &&
		    sizeof(CONFIG_UK_FULLVERSION) <= NAME);
	memset(n, 0, sizeof(*n));
	name(n->system, "Redoubt");
	name(n->node, CONFIG_UK_NAME);
	name(n->release, CONFIG_UK_FULLVERSION);
	name(n->version, CONFIG_UK_FULLVERSION);
	name(n->machine, "x86_64");
	return 0;
}
