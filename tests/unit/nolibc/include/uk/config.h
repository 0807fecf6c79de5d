/* SPDX-License-Identifier: BSD-3-Clause */
#define CONFIG_LIBNOLIBC_FLOAT 1
#define CONFIG_LIBNOLIBC_NUMBERED 1
