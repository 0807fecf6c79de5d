/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <parts.h>

void table(void);
void pipes(void);
void polls(void);
void epolls(void);
void files(void);
void tree(void);
