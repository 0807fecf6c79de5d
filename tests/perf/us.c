/* SPDX-License-Identifier: BSD-3-Clause */
/* us COMMAND...: prints the microseconds of wall time from its start to its
 * end. A shell with two calls of date adds milliseconds of its own. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t quiet;
	int status = 127;
	long start;
	pid_t pid;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&quiet, 1, 2);
	start = now();
	if (argc < 2 || posix_spawnp(&pid, argv[1], &quiet, NULL, argv + 1,
				     environ))
		return 127;
	waitpid(pid, &status, 0);
	printf("%ld\n", now() - start);
	return status != 0;
}
