/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of the form library.parameter=value: found, checked, then applied. */
#include <uk/argparse.h>
#include <uk/errno.h>
#include <uk/fmt.h>
#include <uk/str.h>

/* Does s begin with `name`, and then comes `end`? */
static bool begins(const char *s, const char *name, char end)
{
	size_t n = strlen(name);

	return !strncmp(s, name, n) && s[n] == end;
}

static int parse_bool(const char *v, bool *out)
{
	static const char *const names[] = {
		"no", "yes", "off", "on", "false", "true", "0", "1", "n", "y",
	};
	unsigned int i;

	for (i = 0; i < UK_ARRAY_SIZE(names); i++)
		if (!strcmp(v, names[i])) {
			*out = i & 1;
			return 0;
		}
	return -EINVAL;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return INT32_MAX;
}

/* Decimal or 0x..., nothing before or behind it. */
static int parse_u64(const char *v, uint64_t *out)
{
	int base = v[0] == '0' && (v[1] == 'x' || v[1] == 'X') ? 16 : 10;
	uint64_t n = 0;

	if (base == 16)
		v += 2;
	if (!*v)
		return -EINVAL;
	for (; *v; v++) {
		int d = digit(*v);

		if (d >= base ||
		    __builtin_mul_overflow(n, (uint64_t)base, &n) ||
		    __builtin_add_overflow(n, (uint64_t)d, &n))
			return -EINVAL;
	}
	*out = n;
	return 0;
}

static int set_int(const struct uk_param *p, const char *v, bool apply)
{
	bool negative = *v == '-';
	uint64_t n;
	int64_t i;

	if (parse_u64(v + negative, &n) || n > (uint64_t)INT32_MAX + negative)
		return -EINVAL;
	i = negative ? -(int64_t)n : (int64_t)n;
	if (i < p->min || i > (int64_t)p->max)
		return -EINVAL;
	if (apply)
		*(int *)p->var = (int)i;
	return 0;
}

static int set_u64(const struct uk_param *p, const char *v, bool apply)
{
	uint64_t n;

	if (parse_u64(v, &n) || n < (uint64_t)p->min || n > p->max)
		return -EINVAL;
	if (apply)
		*(uint64_t *)p->var = n;
	return 0;
}

static int set_string(const struct uk_param *p, const char *v, bool apply)
{
	size_t len = strlen(v);

	if (len >= p->max)
		return -E2BIG;
	if (apply)
		memcpy(p->var, v, len + 1);
	return 0;
}

/* v: the value, NULL if the word has no '='. */
static int set(const struct uk_param *p, const char *v, bool apply)
{
	bool yes = true;

	if (p->type == UK_PARAM_BOOL) {
		if (v && parse_bool(v, &yes))
			return -EINVAL;
		if (apply)
			*(bool *)p->var = yes;
		return 0;
	}
	if (!v)
		return -EINVAL;
	switch (p->type) {
	case UK_PARAM_INT:
		return set_int(p, v, apply);
	case UK_PARAM_UINT64:
		return set_u64(p, v, apply);
	case UK_PARAM_STRING:
		return set_string(p, v, apply);
	default:
		return p->fn(v, apply);
	}
}

/* The value in a word that names p, as *v; false if it names another. */
static bool names(const char *word, const struct uk_param *p, const char **v)
{
	size_t n = strlen(p->name);

	if (!begins(word, p->lib, '.'))
		return false;
	word += strlen(p->lib) + 1;
	if (strncmp(word, p->name, n) || (word[n] && word[n] != '='))
		return false;
	*v = word[n] ? word + n + 1 : NULL;
	return true;
}

int uk_param_of_lib(const char *word, const char *lib)
{
	return begins(word, lib, '.') || !strcmp(word, lib);
}

static const struct uk_param *find(const struct uk_params *tab,
				   const char *word, const char **v)
{
	const struct uk_param *p;

	for (p = tab->start; p < tab->end; p++)
		if (names(word, p, v))
			return p;
	return NULL;
}

/* Why nothing was found. */
static enum uk_args_fault unknown(const struct uk_params *tab,
				  const char *word)
{
	const char *dot = strchr(word, '.');
	const char *equals = strchr(word, '=');
	const struct uk_param *p;

	if (!dot || dot == word || (equals && equals < dot + 2) || !dot[1])
		return UK_ARGS_FORM;
	for (p = tab->start; p < tab->end; p++)
		if (begins(word, p->lib, '.'))
			return UK_ARGS_NAME;
	return UK_ARGS_LIBRARY;
}

static enum uk_args_fault check(const struct uk_params *tab,
				char *const *words, size_t i,
				const struct uk_param **p)
{
	const char *v, *other;
	size_t k;

	*p = find(tab, words[i], &v);
	if (!*p)
		return unknown(tab, words[i]);
	for (k = 0; (*p)->type != UK_PARAM_CUSTOM && k < i; k++)
		if (names(words[k], *p, &other))
			return UK_ARGS_TWICE;
	switch (set(*p, v, false)) {
	case 0:
		return UK_ARGS_FINE;
	case -E2BIG:
		return UK_ARGS_LONG;
	default:
		return UK_ARGS_VALUE;
	}
}

int uk_params_set(const struct uk_params *tab, char *const *words, size_t n,
		  struct uk_args_error *err)
{
	const char *v;
	size_t i;

	for (i = 0; i < n; i++) {
		err->word = i;
		err->fault = check(tab, words, i, &err->param);
		if (err->fault)
			return -EINVAL;
	}
	for (i = 0; i < n; i++) {
		const struct uk_param *p = find(tab, words[i], &v);

		set(p, v, true);
	}
	return 0;
}

const char *uk_param_form(const struct uk_param *p, char *buf, size_t size)
{
	switch (p->type) {
	case UK_PARAM_BOOL:
		uk_snprintf(buf, size, "yes or no");
		break;
	case UK_PARAM_INT:
		uk_snprintf(buf, size, "a number from %lld to %lld",
			    (long long)p->min, (long long)p->max);
		break;
	case UK_PARAM_UINT64:
		uk_snprintf(buf, size, "a number from %lld to %llu",
			    (long long)p->min, (unsigned long long)p->max);
		break;
	case UK_PARAM_STRING:
		uk_snprintf(buf, size, "up to %llu bytes",
			    (unsigned long long)p->max - 1);
		break;
	default:
		uk_snprintf(buf, size, "%s", p->form);
	}
	return buf;
}
