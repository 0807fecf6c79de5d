/* SPDX-License-Identifier: BSD-3-Clause */
/* Products of matrices of whole numbers. */
#include <string.h>
#include "work.h"

#define N 32
#define ROUNDS 4

struct matrix {
	int32_t at[N][N];
};

static struct matrix a, b, c;

static void multiply(struct matrix *to, const struct matrix *x,
		     const struct matrix *y)
{
	for (int i = 0; i < N; i++)
		for (int k = 0; k < N; k++) {
			int64_t sum = 0;

			for (int m = 0; m < N; m++)
				sum += (int64_t)x->at[i][m] * y->at[m][k];
			to->at[i][k] = (int32_t)(sum % 10007);
		}
}

uint32_t work_matrix(void)
{
	uint32_t check = 0, seed = 3;

	for (int i = 0; i < N; i++)
		for (int k = 0; k < N; k++) {
			a.at[i][k] = (int32_t)(work_next(&seed) % 100);
			b.at[i][k] = (int32_t)(work_next(&seed) % 100);
		}
	for (int i = 0; i < ROUNDS; i++) {
		multiply(&c, &a, &b);
		memcpy(&a, &c, sizeof(a));
		check = check * 31 + (uint32_t)c.at[i][N - 1 - i];
	}
	return check;
}
