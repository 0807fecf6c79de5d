/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdint.h>
#include <sys/cdefs.h>

__BEGIN_DECLS
/* Callee-saved registers, stack pointer, return address; the FPU's control
 * words are part of them. The last word is the seal (mitigation jmpbuf). */
#ifdef __aarch64__
typedef struct nolibc_jmpbuf { uintptr_t reg[24]; } jmp_buf[1];
#else
typedef struct nolibc_jmpbuf { uintptr_t reg[10]; } jmp_buf[1];
#endif

__attribute__((returns_twice)) int setjmp(jmp_buf env);
__attribute__((noreturn)) void longjmp(jmp_buf env, int val);
#define setjmp setjmp

/* There are no signals, so no mask to save. */
typedef jmp_buf sigjmp_buf;
#define _setjmp(env) setjmp(env)
#define _longjmp(env, val) longjmp(env, val)
#define sigsetjmp(env, save) ((void)(save), setjmp(env))
#define siglongjmp(env, val) longjmp(env, val)
__END_DECLS
