/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this application know of each other.
 *
 *   config.c    the initrd's proxy.conf -> struct config, or a message
 *   identity.c  names, which one a client gets
 *   listen.c    who connects becomes a struct conn
 *   conn.c      the life of a connection: both sides, end, time
 *   front.c     the side of the client: TLS
 *   back.c      the side of the upstream: plain TCP
 *   control.c   counters, and the end, for whoever runs it
 *   main.c      the loop
 *
 * One thread. lwIP's callbacks only take what came and mark the connection
 * (conn_touch); all work on it is done from the loop, where a connection may
 * end without anybody below still using it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <lwip/tcp.h>
#include <uk/list.h>
#include <uk/stream.h>
#include <uk/tls.h>

#define MAX_SERVERS 32
#define MAX_UPSTREAMS 8
#define MAX_NAME 254		/* of a host, with the NUL */
#define MAX_ALPN 8

struct upstream {
	ip_addr_t ip;
	u16_t port;
};

/* One name that clients may ask for. */
struct server {
	char name[MAX_NAME];	/* "default": whoever asks for no other */
	struct uk_tls_identity id;
	struct upstream up[MAX_UPSTREAMS];
	unsigned int n_up, next_up;	/* round robin */
	bool proxy2;		/* tell upstreams who the client is */
};

struct config {
	u16_t port, control;		/* control: 0 = none */
	unsigned int connections;
	unsigned int handshake_s, idle_s, connect_s, drain_s;
	unsigned int tickets_s;		/* how long they are good; 0: none */
	char alpn_text[128];
	const char *alpn[MAX_ALPN + 1];	/* into alpn_text; the last is NULL */
	struct server *server;
	unsigned int n_servers;
	mbedtls_ssl_config tls;
};
extern struct config config;

/* 0, or -1 after a message. */
int config_read(const char *file);
int identity_start(void);
struct server *identity_find(const char *name, size_t len);

extern struct counters {
	uint64_t accepted, refused, handshakes, handshakes_failed, resumed;
	uint64_t upstream_failed, timeouts, from_clients, to_clients;
	unsigned int open, most_open;
} counters;

enum conn_state { CONN_HANDSHAKE, CONN_CONNECT, CONN_OPEN, CONN_OVER };

struct conn {
	struct uk_link all, dirty;	/* dirty.next is NULL: not in there */
	enum conn_state state;
	struct uk_stream front, back;
	struct uk_tls tls;
	struct server *server;
	unsigned int tried;		/* upstreams of it */
	unsigned int deadline;		/* clock_s() */
	/* From the client, decrypted, not yet given to TCP */
	uint16_t plain_at, plain_len;
	uint8_t plain[2048];
};

/* Seconds since boot. */
unsigned int clock_s(void);

void conn_init(void);
/* A client has connected, for whom one that is in its handshake may have to go.
 * -1: no room, pcb is still the caller's. */
int conn_open(struct tcp_pcb *pcb);
/* There is work to do for it. Safe from callbacks. */
void conn_touch(void *c);
/* Abandon it: both ends are reset. Not from callbacks of its own. */
void conn_kill(struct conn *c);
/* Do all work that there is. True: there was some. */
bool conn_work(void);
/* Once a second: end what took too long. True: there is more of that. */
bool conn_tick(void);

/* Each: go on as far as it goes. -1: the connection is over. */
int front_open(struct conn *c);
int front_handshake(struct conn *c);
int front_pump(struct conn *c);
int back_connect(struct conn *c);
int back_pump(struct conn *c);

int listen_start(void);
void listen_stop(void);
int control_start(void);
void control_print(char *buf, size_t len);
/* Set by control: end when all connections have. */
extern bool stopping;
