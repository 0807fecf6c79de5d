/* SPDX-License-Identifier: BSD-3-Clause */
/* The calls on descriptors and files, a part of them after the other. */
#include "check.h"

int main(void)
{
	part("table", table);
	part("pipe", pipes);
	part("poll", polls);
	part("epoll", epolls);
	part("files", files);
	part("tree", tree);
	puts("all done");
	return 0;
}
