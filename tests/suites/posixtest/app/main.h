/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

/* A program of the suite; the last one has no name. */
struct pts_case {
	const char *name;
	int (*main)(int argc, char **argv);
};
extern const struct pts_case pts_cases[];
