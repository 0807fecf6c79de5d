/* SPDX-License-Identifier: BSD-3-Clause */
/* What would need a second process, or code that is not in the image. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>
#include "dynlink.h"
#include "ksigaction.h"

pid_t fork(void)
{
	errno = ENOSYS;
	return -1;
}

weak_alias(fork, vfork);
weak_alias(fork, _Fork);

int posix_spawn(pid_t *restrict pid, const char *restrict path,
		const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *restrict attr,
		char *const argv[restrict], char *const envp[restrict])
{
	(void)pid, (void)path, (void)actions, (void)attr, (void)argv;
	(void)envp;
	return ENOSYS;
}

/* Only faccessat asks, to look as somebody else. */
hidden int __clone(int (*f)(void *), void *stack, int flags, void *arg, ...)
{
	(void)f, (void)stack, (void)flags, (void)arg;
	return -ENOSYS;
}

/* Where a kernel lets the handler of a signal return to. Here it returns like
 * any other function, to who called it. */
hidden void __restore_rt(void)
{
}

/* There is no command processor: NULL asks for it. */
int system(const char *command)
{
	if (!command)
		return 0;
	errno = ENOSYS;
	return -1;
}

void *dlsym(void *restrict handle, const char *restrict name)
{
	return __dlsym(handle, name, __builtin_return_address(0));
}
