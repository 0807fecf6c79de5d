/* SPDX-License-Identifier: BSD-3-Clause */
/* A pointer to a function in memory that stays writable. */
void hooked(void);
extern void (*hook)(void);

void hooked(void)
{
}

void (*hook)(void) = hooked;
