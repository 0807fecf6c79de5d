/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One overflow, in all its forms; the act is WHERE-HOW-TARGET-PAYLOAD:
 *	stack heap bss data	where the buffer lies
 *	direct			the overflow itself reaches the target
 *	indirect		it reaches a pointer, by which the program then
 *				writes to the target, wherever that is
 *	return frame pointer	a return address, the frame pointer that is
 *	struct jmpbuf		saved below one, a function pointer in a
 *				variable or in a struct (direct: that of the
 *				buffer), what longjmp reads
 *	inject reuse		then runs code from the buffer, or code that is
 *				in the image: the C library's puts, or a
 *				function that nobody calls
 * The attacker knows every address and what lies there, but not the canary.
 */
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/essentials.h>

#define PC 7		/* word of a jmp_buf: where longjmp goes */
#define BUF 32
#define WORDS 16
#define ROOM 512	/* words from a buffer to a variable, at most */

struct victim {
	char buf[BUF] UK_ALIGNED(16);
	void (*fn)(struct victim *v);
	jmp_buf env;
	uintptr_t *dest, value;
};

typedef void (*volatile handler_fn)(struct victim *v);

static void harmless(struct victim *v);
static struct victim in_bss, packet, other;
static struct victim in_data = { .buf = "data" };
static handler_fn handler;
/* Which of two lies behind the buffer is the compiler's choice. */
static handler_fn bss_1;
static char bss_buf[BUF] UK_ALIGNED(16);
static handler_fn bss_2;
static handler_fn data_1 = harmless;
static char data_buf[BUF] UK_ALIGNED(16) = "data";
static handler_fn data_2 = harmless;
static jmp_buf elsewhere;
static uintptr_t scratch, words[WORDS];
static const char *act;
static int refused;

UK_USED UK_NORETURN void disclose(void);
void disclose(void)
{
	printf("SURVIVED: %s\n", act);
	exit(0);
}

/* Where an attacker's address leads to: any stack will do. */
void land(void);
__asm__(".text\n"
	".type land, @function\n"
	"land:\n"
	"	andq $-16, %rsp\n"
	"	call disclose\n");

static void harmless(struct victim *v)
{
	refused = v != NULL;
}

static bool is(const char *word)
{
	return strstr(act, word);
}

/* movabs $land, %rax; jmp *%rax */
static void write_code(void *to)
{
	const uintptr_t at = (uintptr_t)land;
	unsigned char *p = to;

	p[0] = 0x48;
	p[1] = 0xb8;
	memcpy(p + 2, &at, sizeof(at));
	p[10] = 0xff;
	p[11] = 0xe0;
}

/* The attacker's packet, made for a buffer at v. */
static void make_packet(struct victim *v, uintptr_t return_at)
{
	uintptr_t to;

	memcpy(&packet, v, sizeof(packet));
	to = is("inject") ? (uintptr_t)v->buf :
	     is("jmpbuf") || is("return") ? (uintptr_t)land : (uintptr_t)puts;
	if (is("inject"))
		write_code(packet.buf);
	else
		strcpy(packet.buf, "SURVIVED: puts was called");
	if (is("-direct-struct"))
		packet.fn = (void (*)(struct victim *))to;
	else if (is("-direct-jmpbuf"))
		packet.env->reg[PC] = to;
	else
		packet.value = to;
	if (is("indirect-return"))
		packet.dest = (uintptr_t *)return_at;
	else if (is("indirect-pointer"))
		packet.dest = (uintptr_t *)(uintptr_t)&handler;
	else if (is("indirect-struct"))
		packet.dest = (uintptr_t *)(uintptr_t)&other.fn;
	else if (is("indirect-jmpbuf"))
		packet.dest = &elsewhere->reg[PC];
}

/* The mistake: believes how long the packet is. */
static UK_NOINLINE void receive(void *to, const void *from, size_t n)
{
	const volatile char *p = from;

	for (size_t i = 0; i < n; i++)
		((volatile char *)to)[i] = p[i];
}

/* A server's turn: takes a packet, writes a result, goes on to what follows. */
static UK_NOINLINE void serve(struct victim *v)
{
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);

	handler = other.fn = v->fn = harmless;
	v->dest = &scratch;
	if (setjmp(v->env) || setjmp(elsewhere)) {
		refused = 1;
		return;
	}
	make_packet(v, frame + sizeof(uintptr_t));
	receive(v->buf, &packet, sizeof(packet));
	*(volatile uintptr_t *)v->dest = v->value;
	if (is("-direct-struct"))
		v->fn(v);
	else if (is("indirect-struct"))
		other.fn(v);
	else if (is("indirect-pointer"))
		handler(v);
	else if (is("-direct-jmpbuf"))
		longjmp(v->env, 1);
	else if (is("indirect-jmpbuf"))
		longjmp(elsewhere, 1);
	else
		refused = 1;
}

static UK_NOINLINE void serve_on_stack(void)
{
	struct victim v;

	memset(&v, 0, sizeof(v));
	serve(&v);
	__asm__ __volatile__("" : : "r"(&v) : "memory");
}

/* The classic: one word again and again, until one is the return address. */
static UK_NOINLINE void parse(void)
{
	char name[BUF] UK_ALIGNED(16);

	for (int i = 0; i < WORDS; i++)
		words[i] = is("inject") ? (uintptr_t)name : (uintptr_t)land;
	if (is("inject"))
		write_code(words);
	receive(name, words, sizeof(words));
	__asm__ __volatile__("" : : "r"(name) : "memory");
	refused = 1;
}

/* From the buffer up to a word, and that as well. What lies between stays as
 * it is, but for the canary, which nobody knows. */
static void flood(char *buf, void *target, uintptr_t to)
{
	static uintptr_t all[ROOM];
	size_t n = ((uintptr_t)target - (uintptr_t)buf) / sizeof(*all);
	uintptr_t canary;

	__asm__ __volatile__("mov %%fs:0x28, %0" : "=r"(canary));
	if (n >= ROOM) {
		printf("not behind the buffer\n");
		exit(4);
	}
	receive(all, buf, n * sizeof(*all));
	for (size_t i = 0; canary && i < n; i++)
		if (all[i] == canary)
			all[i] = 0;
	if (is("inject"))
		write_code(all);
	all[n] = to;
	receive(buf, all, (n + 1) * sizeof(*all));
}

static UK_NOINLINE void read_name(void *target)
{
	char name[BUF] UK_ALIGNED(16);

	flood(name, target, (uintptr_t)(is("inject") ? (void *)name : puts));
	__asm__ __volatile__("" : : "r"(name) : "memory");
}

/* The pointer is a variable: here, or one behind the buffer. */
static UK_NOINLINE void serve_variable(void)
{
	handler_fn fn = harmless, *at = &bss_1;
	char *buf = bss_buf;

	strcpy(packet.buf, "SURVIVED: puts was called");
	if (is("stack")) {
		read_name((void *)(uintptr_t)&fn);
		fn(&packet);
		return;
	}
	if (is("data")) {
		buf = data_buf;
		at = &data_1;
	}
	if ((char *)(uintptr_t)at < buf)
		at = is("data") ? &data_2 : &bss_2;
	flood(buf, (void *)(uintptr_t)at,
	      (uintptr_t)(is("inject") ? (void *)buf : puts));
	(*at)(&packet);
}

/* The saved frame pointer: the caller will look for its return address at
 * another place. */
static UK_NOINLINE void read_frame(void)
{
	char name[BUF] UK_ALIGNED(16);

	words[1] = is("inject") ? (uintptr_t)name : (uintptr_t)land;
	flood(name, __builtin_frame_address(0), (uintptr_t)words);
	__asm__ __volatile__("" : : "r"(name) : "memory");
}

/* Of variable size: its frame is left by the frame pointer. */
static UK_NOINLINE void serve_framed(size_t n)
{
	volatile char room[n];

	room[0] = 1;
	read_frame();
}

int main(int argc, char **argv)
{
	act = argc > 1 ? argv[1] : "";
	if (is("stack-direct-return"))
		parse();
	else if (is("-direct-pointer"))
		serve_variable();
	else if (is("frame"))
		serve_framed(strlen(act));
	else if (is("stack"))
		serve_on_stack();
	else if (is("heap"))
		serve(calloc(1, sizeof(struct victim)));
	else if (is("bss"))
		serve(&in_bss);
	else if (is("data"))
		serve(&in_data);
	else
		return 3;
	return refused ? 2 : 0;
}
