/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/essentials.h>
#include <uk/str.h>
#include "socket.h"

/* As programs have them; numbers in the network's byte order. */
struct in4 {
	uint16_t family;
	uint8_t port[2];
	uint8_t ip[4];
	uint8_t zero[8];
};
struct in6 {
	uint16_t family;
	uint8_t port[2];
	uint32_t flow;
	uint8_t ip[16];
	uint32_t scope;
};
UK_CTASSERT(sizeof(struct in4) == 16 && sizeof(struct in6) == 28);
#define IN6_LEAST 24	/* without the scope */

int address_in(const void *from, int len, struct uk_address *a)
{
	struct in6 in6 = { .family = UK_AF_UNSPEC };
	struct in4 in4;

	if (!from || len < (int)sizeof(in6.family) || len > 128)
		return -EINVAL;
	memcpy(&in6, from, UK_MIN((size_t)len, sizeof(in6)));
	*a = (struct uk_address){ .family = in6.family };
	switch (a->family) {
	case UK_AF_UNSPEC:
		return 0;
	case UK_AF_INET:
		if (len < (int)sizeof(in4))
			return -EINVAL;
		memcpy(&in4, from, sizeof(in4));
		memcpy(a->ip, in4.ip, sizeof(in4.ip));
		break;
	case UK_AF_INET6:
		if (len < IN6_LEAST)
			return -EINVAL;
		memcpy(a->ip, in6.ip, sizeof(in6.ip));
		a->scope = len < (int)sizeof(in6) ? 0 : in6.scope;
		break;
	default:
		return -EAFNOSUPPORT;
	}
	a->port = (uint16_t)(in6.port[0] << 8 | in6.port[1]);
	return 0;
}

int address_for(const struct uk_socket *s, const void *from, int len,
		struct uk_address *a)
{
	int rc = address_in(from, len, a);

	if (!rc && a->family != s->family)
		rc = -EAFNOSUPPORT;
	return rc;
}

int address_out(const struct uk_address *a, void *to, int *len)
{
	struct in4 in4 = { .family = a->family };
	struct in6 in6 = { .family = a->family };
	const void *from = &in6;
	int n = sizeof(in6.family);

	if (!to)
		return 0;
	if (!len || *len < 0)
		return -EINVAL;
	in4.port[0] = in6.port[0] = (uint8_t)(a->port >> 8);
	in4.port[1] = in6.port[1] = (uint8_t)a->port;
	if (a->family == UK_AF_INET) {
		memcpy(in4.ip, a->ip, sizeof(in4.ip));
		from = &in4;
		n = sizeof(in4);
	} else if (a->family == UK_AF_INET6) {
		memcpy(in6.ip, a->ip, sizeof(in6.ip));
		in6.scope = a->scope;
		n = sizeof(in6);
	}
	memcpy(to, from, (size_t)UK_MIN(n, *len));
	*len = n;
	return 0;
}
