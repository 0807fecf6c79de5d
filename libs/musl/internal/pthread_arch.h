/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * In the place of musl's file of this name. What musl keeps of a thread is a
 * thread-local variable like any other: whoever makes threads need not know
 * of it, and the thread pointer and the canary behind it stay the image's.
 */
extern hidden __thread struct __pthread musl_self;
hidden void musl_adopt(void);

static inline uintptr_t __get_tp(void)
{
	/* Its first word points to itself, once the thread is known here. */
	if (__builtin_expect(!*(void **)(void *)&musl_self, 0))
		musl_adopt();
	return (uintptr_t)&musl_self;
}
