/* SPDX-License-Identifier: BSD-3-Clause */
#pragma once

#include <stdbool.h>

struct uk_tls_identity;

/* Listen for clients of this server on a TCP port: 0, or -1 after a message. */
int client_start(struct uk_tls_identity *id, unsigned int port);
/* Do all work that there is; once a second, end what took too long. */
void client_work(bool second);
