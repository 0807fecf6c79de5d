/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A TCG plugin that counts guest instructions between two addresses:
 *	-plugin insn.so,from=0xADDR,to=0xADDR[,apart=0xADDR]...[,moved=0xADDR],
 *		out=FILE
 * Counts from the first execution of `from` up to the first execution of
 * `to`; calls of functions that begin at `apart` are counted apart, with all
 * that they call. Addresses are those of the file; if the image moves at boot
 * (mitigation aslr), `moved` is where it runs on behind that. Repeatable to the
 * instruction together with -icount shift=0,sleep=off.
 *
 * Debian has no header package for QEMU's plugins, and needs none: these few
 * functions have kept their form since the interface exists. What changed is
 * the number of the interface: PLUGIN_API, see insn.sh.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t plugin_id;
struct plugin_tb;
struct plugin_insn;
typedef void (*tb_fn)(plugin_id id, struct plugin_tb *tb);
typedef void (*insn_fn)(unsigned int vcpu, void *arg);

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, tb_fn fn);
size_t qemu_plugin_tb_n_insns(const struct plugin_tb *tb);
struct plugin_insn *qemu_plugin_tb_get_insn(const struct plugin_tb *tb,
					    size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct plugin_insn *insn,
					    insn_fn fn, int flags, void *arg);
int qemu_plugin_install(plugin_id id, const void *info, int argc, char **argv);

#define EXPORT __attribute__((visibility("default")))
EXPORT extern int qemu_plugin_version;
int qemu_plugin_version = PLUGIN_API;

#define MOST_APART 8
#define ALL_LINKED (1ull << 32)	/* addresses of the file are below */
static uint64_t from, to, apart[MOST_APART];
static uint64_t moved, slide;
static size_t n_apart;
static const char *out;
static bool counting, done;
static uint64_t counted, counted_apart;
static uint64_t next;		/* address behind the last instruction */
static uint64_t back;		/* where the call that counts apart returns */

static void finish(void)
{
	FILE *f = fopen(out, "w");

	if (!f || fprintf(f, "%" PRIu64 " %" PRIu64 "\n", counted,
			  counted_apart) < 0 || fclose(f))
		perror(out);
	done = true;
}

static void on_insn(unsigned int vcpu, void *arg)
{
	/* Address and length in one word: the address loses four bits. */
	uint64_t packed = (uint64_t)(uintptr_t)arg;
	uint64_t at = packed >> 4;
	size_t i;

	(void)vcpu;
	if (done)
		return;
	if (moved && !slide && at >= ALL_LINKED)
		slide = at - moved;
	at -= slide;
	if (at == from)
		counting = true;
	if (!counting)
		return;
	if (at == to) {
		finish();
		return;
	}
	for (i = 0; i < n_apart && !back; i++)
		if (at == apart[i])
			back = next;
	if (at == back)
		back = 0;
	if (back)
		counted_apart++;
	else
		counted++;
	next = at + (packed & 15);
}

static void on_tb(plugin_id id, struct plugin_tb *tb)
{
	size_t i, n = done ? 0 : qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (i = 0; i < n; i++) {
		struct plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t packed = qemu_plugin_insn_vaddr(insn) << 4 |
				  (qemu_plugin_insn_size(insn) & 15);

		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_insn, 0,
						(void *)(uintptr_t)packed);
	}
}

static bool take(const char *arg)
{
	if (!strncmp(arg, "from=", 5))
		from = strtoull(arg + 5, NULL, 0);
	else if (!strncmp(arg, "to=", 3))
		to = strtoull(arg + 3, NULL, 0);
	else if (!strncmp(arg, "moved=", 6))
		moved = strtoull(arg + 6, NULL, 0);
	else if (!strncmp(arg, "out=", 4))
		out = strdup(arg + 4);
	else if (!strncmp(arg, "apart=", 6) && n_apart < MOST_APART)
		apart[n_apart++] = strtoull(arg + 6, NULL, 0);
	else
		return false;
	return true;
}

EXPORT int qemu_plugin_install(plugin_id id, const void *info, int argc,
			       char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++)
		if (!take(argv[i])) {
			fprintf(stderr, "insn: bad argument %s\n", argv[i]);
			return -1;
		}
	if (!from || !to || !out) {
		fprintf(stderr, "insn: from=, to= and out= are needed\n");
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_tb);
	return 0;
}
