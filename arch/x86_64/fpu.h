/* SPDX-License-Identifier: BSD-3-Clause */
/* Between fpu.c, switch.S and vector.S. Written by ukarch_fpu_init only. */
#pragma once

#include <stddef.h>
#include <stdint.h>

extern size_t ukarch_fpu_bytes;		/* size of an area */
extern uint32_t ukarch_fpu_mask;	/* features for XSAVE; 0: FXSAVE */
extern uint32_t ukarch_fpu_opt;		/* XSAVEOPT is there */
