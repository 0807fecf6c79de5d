/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Traps on good and bad stacks, contexts with vector registers of their own,
 * and an interrupt in the middle of them. Traps are tried while the image
 * boots, as long as they can be caught.
 */
#include <stdio.h>
#include <string.h>
#include <uk/arch/context.h>
#include <uk/arch/percpu.h>
#include <uk/arch/system.h>
#include <uk/arch/tls.h>
#include <uk/crash.h>
#include <uk/init.h>
#include <uk/plat.h>
#include <uk/vm.h>

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s (line %d)\n", #cond,		\
			       __LINE__);				\
			return 1;					\
		}							\
	} while (0)

/* ---- traps ----------------------------------------------------------- */

static void read_at(void *p)
{
	(void)*(volatile char *)p;
}

static void write_at(void *p)
{
	*(volatile char *)p = 1;
}

static void undefined(void *arg)
{
	(void)arg;
	__asm__ __volatile__(".byte 0x0f, 0xff");	/* ud0 */
}

static void breakpoint(void *arg)
{
	(void)arg;
	__asm__ __volatile__("int3");
}

static void divide(void *arg)
{
	(void)arg;
	__asm__ __volatile__("xorl %%ecx, %%ecx\n\tmovl $1, %%eax\n\t"
			     "cltd\n\tidivl %%ecx" : : : "eax", "ecx", "edx");
}

/* Nothing can be pushed there, not even a trap frame. */
static void lose_stack(void *arg)
{
	(void)arg;
	__asm__ __volatile__("movabsq $0x8000000000000000, %%rax\n\t"
			     "movq %%rax, %%rsp\n\tpushq %%rax" : : : "rax");
}

/* One byte of stack is left, then the guard page. */
static void hit_guard(void *bottom)
{
	__asm__ __volatile__("movq %0, %%rsp\n\tpushq %%rax"
			     : : "r"(bottom));
}

static bool dies(void (*fn)(void *), void *arg, unsigned int kind,
		 unsigned int access, uintptr_t addr)
{
	struct uk_catch_info i;

	return uk_catch(fn, arg, &i) != UK_DEATH_NONE && i.kind == kind &&
	       i.access == access && i.addr == addr;
}

static int traps(void)
{
	char *nowhere = (char *)ukplat_info.va_end - 64;
	struct uk_vm_range stack;
	int i;

	/* Twice: the first time must leave everything in order. */
	for (i = 0; i < 2; i++) {
		CHECK(dies(read_at, nowhere, UKARCH_TRAP_PAGE_FAULT,
			   UKARCH_ACCESS_READ, (uintptr_t)nowhere));
		CHECK(dies(write_at, nowhere, UKARCH_TRAP_PAGE_FAULT,
			   UKARCH_ACCESS_WRITE, (uintptr_t)nowhere));
		CHECK(dies(undefined, NULL, UKARCH_TRAP_ILLEGAL, 0, 0));
		CHECK(dies(breakpoint, NULL, UKARCH_TRAP_BREAKPOINT, 0, 0));
		CHECK(dies(divide, NULL, UKARCH_TRAP_ARITHMETIC, 0, 0));
		CHECK(dies(read_at, (void *)(1ul << 63),
			   UKARCH_TRAP_PROTECTION, 0, 0));
		CHECK(dies(lose_stack, NULL, UKARCH_TRAP_DOUBLE, 0, 0));
		CHECK(!uk_vm_find((uintptr_t)&stack, &stack));
		CHECK(dies(hit_guard, (void *)stack.va,
			   UKARCH_TRAP_PAGE_FAULT, UKARCH_ACCESS_WRITE,
			   stack.va - 8));
	}
	return 0;
}
uk_late_initcall(traps);

/* ---- registers of a context ------------------------------------------ */

#define CONTEXTS 3
#define ROUNDS 3

struct fp {
	uint64_t low, high;
	uint32_t mxcsr;
	uint16_t cw;
};

static struct fp fp_of(unsigned int n)
{
	return (struct fp){
		0x1111111111111111ul * n, ~0ul / n,
		0x1f80 | (n & 3) << 13, (uint16_t)(0x37f & ~(n & 1) << 4),
	};
}

static void fp_load(unsigned int n)
{
	struct fp f = fp_of(n);

	__asm__ __volatile__("ldmxcsr %0\n\tfldcw %1\n\t"
			     "movq %2, %%xmm3\n\tmovq %3, %%xmm14"
			     : : "m"(f.mxcsr), "m"(f.cw), "m"(f.low),
			       "m"(f.high) : "xmm3", "xmm14");
}

static bool fp_is(unsigned int n)
{
	struct fp want = fp_of(n), f = { 0 };

	__asm__ __volatile__("stmxcsr %0\n\tfnstcw %1\n\t"
			     "movq %%xmm3, %2\n\tmovq %%xmm14, %3"
			     : "=m"(f.mxcsr), "=m"(f.cw), "=m"(f.low),
			       "=m"(f.high));
	return f.low == want.low && f.high == want.high &&
	       (f.mxcsr & ~0x3fu) == want.mxcsr && f.cw == want.cw;
}

static struct ukarch_ctx ctx[CONTEXTS];
static uintptr_t tlsp[CONTEXTS];
static unsigned int turns, wrong;

static void turn(unsigned int n)
{
	fp_load(n + 1);
	wrong += turns++ % CONTEXTS != n;
	ukarch_ctx_switch(&ctx[n], &ctx[(n + 1) % CONTEXTS]);
	wrong += !fp_is(n + 1);
	wrong += ukarch_tlsp_get() != tlsp[n];
}

static void context(void *arg)
{
	for (;;)
		turn((unsigned int)(uintptr_t)arg);
}

/* Areas of thread-local data that say nothing: no code here looks. */
static int contexts(void)
{
	size_t tls = ukarch_tls_area_size(64, 16);
	size_t size = ukarch_fpu_size() + UKARCH_FPU_ALIGN + tls;
	unsigned int i;
	char *memory;
	void *top;

	size = (size + UK_PAGE_SIZE - 1) & -UK_PAGE_SIZE;
	tlsp[0] = ukarch_tlsp_get();
	for (i = 0; i < CONTEXTS; i++) {
		memory = uk_vm_alloc("ctx", size, UK_MEM_R | UK_MEM_W, 0);
		CHECK(memory);
		ukarch_fpu_reset(memory);
		ctx[i].fpu = memory;
		if (!i)
			continue;
		CHECK(uk_stack_alloc("stack:ctx", 2 * UK_PAGE_SIZE, &top));
		ukarch_ctx_init(&ctx[i], top, memory, context,
				(void *)(uintptr_t)i);
		/* The canary is the boot thread's, in which fn began. */
		tlsp[i] = ukarch_tls_area_init(memory + size - tls, NULL, 0,
			64, 16, *(uintptr_t *)(tlsp[0] +
					       UKARCH_TLS_CANARY_OFFSET));
		ctx[i].tlsp = tlsp[i];
	}
	for (i = 0; i < ROUNDS; i++)
		turn(0);
	CHECK(turns == ROUNDS * CONTEXTS);
	CHECK(wrong == 0);
	return 0;
}

/* ---- an interrupt among them ----------------------------------------- */

#define COM1_IRQ 4
#define COM1_IER 0x3f9
#define COM1_IIR 0x3fa
#define COM1_MCR 0x3fc

static volatile unsigned int interrupts;
static bool in_irq, clean;

static void out(uint16_t port, uint8_t v)
{
	__asm__ __volatile__("outb %0, %1" : : "a"(v), "Nd"(port));
}

static void handler(void *arg)
{
	uint8_t v;

	(void)arg;
	__asm__ __volatile__("inb %1, %0" : "=a"(v)
			     : "Nd"((uint16_t)COM1_IIR));
	out(COM1_IER, 0);
	in_irq = ukarch_in_irq();
	__asm__ __volatile__("stmxcsr %0" : "=m"(*(uint32_t *)arg));
	clean = *(uint32_t *)arg == 0x1f80;
	fp_load(2);
	interrupts++;
}

static uint32_t mxcsr;

static int take_line(void)
{
	return ukplat_irq_register(COM1_IRQ, handler, &mxcsr);
}
uk_early_initcall(take_line);

static void raise_line(void)
{
	out(COM1_MCR, 0x0b);
	out(COM1_IER, 0x02);
}

static int interrupted(void)
{
	unsigned int before = interrupts;

	fp_load(3);
	raise_line();
	while (interrupts == before)
		;
	CHECK(fp_is(3));
	CHECK(in_irq && clean && !ukarch_in_irq());
	CHECK((ukarch_flags() & UKARCH_RFLAGS_IF) != 0);
	return 0;
}

/* One that comes while a trap is being caught: where that resumes there is no
 * room for a handler. */
static int caught(void)
{
	unsigned int before = interrupts;

	CHECK((ukarch_flags() & UKARCH_RFLAGS_IF) != 0);
	uk_catch_look(raise_line);
	CHECK(dies(undefined, NULL, UKARCH_TRAP_ILLEGAL, 0, 0));
	CHECK((ukarch_flags() & UKARCH_RFLAGS_IF) != 0);
	while (interrupts == before)
		;
	return 0;
}
uk_late_initcall(caught);

static __thread volatile int here = 4711;

int main(void)
{
	uint64_t efer = ukarch_rdmsr(UKARCH_MSR_EFER);

	CHECK(here == 4711);
	CHECK(efer & UKARCH_EFER_LMA);
	CHECK(!contexts());
	CHECK(here == 4711);
	CHECK(!interrupted());
	puts("cpu: done");
	return 0;
}
