/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Recursion: an expression is read from text into a tree of small blocks,
 * which is worked out by a function for each kind of node and given back.
 */
#include <stdlib.h>
#include "work.h"

#define ROUNDS 60
#define DEEP 6

struct node {
	uint32_t (*value)(const struct node *n);
	struct node *left, *right;
	uint32_t number;
};

static uint32_t value_of(const struct node *n)
{
	return n->value(n);
}

static uint32_t constant(const struct node *n)
{
	return n->number;
}

static uint32_t sum(const struct node *n)
{
	return value_of(n->left) + value_of(n->right);
}

static uint32_t product(const struct node *n)
{
	return value_of(n->left) * value_of(n->right);
}

static struct node *make(uint32_t (*value)(const struct node *n),
			 struct node *left, struct node *right)
{
	struct node *n = malloc(sizeof(*n));

	if (!n)
		abort();
	*n = (struct node){ .value = value, .left = left, .right = right };
	return n;
}

static struct node *read_sum(const char **s);

static struct node *read_atom(const char **s)
{
	struct node *n;

	if (**s == '(') {
		++*s;
		n = read_sum(s);
		++*s;
		return n;
	}
	n = make(constant, NULL, NULL);
	for (; **s >= '0' && **s <= '9'; ++*s)
		n->number = n->number * 10 + (uint32_t)(**s - '0');
	return n;
}

static struct node *read_product(const char **s)
{
	struct node *n = read_atom(s);

	while (**s == '*') {
		++*s;
		n = make(product, n, read_atom(s));
	}
	return n;
}

static struct node *read_sum(const char **s)
{
	struct node *n = read_product(s);

	while (**s == '+') {
		++*s;
		n = make(sum, n, read_product(s));
	}
	return n;
}

static void give_back(struct node *n)
{
	if (!n)
		return;
	give_back(n->left);
	give_back(n->right);
	free(n);
}

static char *write_some(char *to, int deep, uint32_t *seed)
{
	if (!deep) {
		*to++ = (char)('1' + work_next(seed) % 9);
		return to;
	}
	*to++ = '(';
	to = write_some(to, deep - 1, seed);
	*to++ = work_next(seed) & 1 ? '+' : '*';
	to = write_some(to, deep - 1, seed);
	*to++ = ')';
	return to;
}

uint32_t work_tree(void)
{
	static char text[512];
	uint32_t check = 0, seed = 4;

	for (int i = 0; i < ROUNDS; i++) {
		const char *s = text;
		struct node *n;

		*write_some(text, DEEP, &seed) = '\0';
		n = read_sum(&s);
		check = check * 31 + value_of(n);
		give_back(n);
	}
	return check;
}
