/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a network stack does with a packet, in small: in this one source each
 * mitigation that looks at libraries has something to do. It is compiled
 * twice, as a library that faces the attacker and as one that must be fast,
 * and main tells each what packet it got. NAME is the library's.
 */
#include <stddef.h>
#include <string.h>

#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define F(name) CAT(NAME, name)

static struct {
	int seen[8];
	int total;
} F(_ports);

struct route {
	int metric, hops[8];
};
static struct route F(_route) = { 2, { 1, 2, 3, 4, 5, 6, 7, 8 } };

static int F(_echo)(const unsigned char *from, size_t n)
{
	return n ? from[0] : 0;
}

static int (*volatile F(_receive))(const unsigned char *, size_t) = F(_echo);

struct option {
	int kind, value;
};

/* Fills in what is there: an option may have no value. */
static __attribute__((noinline)) void F(_option)(struct option *o,
						 const unsigned char *p)
{
	__asm__ __volatile__("" : "+r"(o) : : "memory");
	o->kind = p[4];
	if (o->kind)
		o->value = p[5];
}

/* A local whose address leaves: zero-init. */
static __attribute__((noinline)) int F(_options)(const unsigned char *packet)
{
	struct option o;

	F(_option)(&o, packet);
	return o.kind ? o.value : 0;
}

/* The header goes to a local of known size: ssp, fortify. */
static __attribute__((noinline)) int F(_header)(const unsigned char *packet,
						size_t n)
{
	unsigned char header[32];

	memcpy(header, packet, n);
	__asm__ __volatile__("" : : "r"(header) : "memory");
	return header[n / 2];
}

/* Of several pages: stack-clash. */
static __attribute__((noinline)) int F(_reassemble)(const unsigned char *packet,
						    size_t n)
{
	unsigned char whole[9000];

	memset(whole, packet[0], n);
	__asm__ __volatile__("" : : "r"(whole) : "memory");
	return whole[n - 1];
}

/* Index, index of a last array, numbers with a sign, a pointer to a function:
 * bounds, flex-arrays, overflow, kcfi. */
int F(_input)(const unsigned char *packet, size_t n);
int F(_input)(const unsigned char *packet, size_t n)
{
	int port = packet[1], hop = packet[2], ttl = packet[3];

	F(_ports).seen[port] += ttl;
	F(_ports).total += F(_route).hops[hop] * ttl / F(_route).metric;
	return F(_options)(packet) + F(_header)(packet, n) +
	       F(_reassemble)(packet, n) + F(_receive)(packet, n) +
	       F(_ports).total;
}
