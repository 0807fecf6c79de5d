/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What Xen and its guests agree on, x86_64: the part of it that is used here
 * (Xen's public headers, docs at xenbits.xen.org). What the hypervisor or a
 * back end writes is volatile and not trusted.
 */
#pragma once

#include <stdint.h>

/* Numbers of hypercalls */
#define XEN_SET_TRAP_TABLE 0
#define XEN_MMU_UPDATE 1
#define XEN_SET_CALLBACKS 4
#define XEN_MEMORY_OP 12
#define XEN_UPDATE_VA 14
#define XEN_VERSION 17
#define XEN_CONSOLE_IO 18
#define XEN_GRANT_OP 20
#define XEN_IRET 23
#define XEN_VCPU_OP 24
#define XEN_SEGMENT_BASE 25
#define XEN_MMUEXT_OP 26
#define XEN_SCHED_OP 29
#define XEN_EVENT_OP 32
#define XEN_HVM_OP 34

#define XEN_SELF 0x7ff0		/* this domain, where one is named */

/* ---- console_io, sched_op, vcpu_op ---- */

#define XEN_CONSOLE_WRITE 0

#define XEN_SCHED_YIELD 0
#define XEN_SCHED_BLOCK 1
#define XEN_SCHED_SHUTDOWN 2
#define XEN_SHUTDOWN_POWEROFF 0u
#define XEN_SHUTDOWN_REBOOT 1u
#define XEN_SHUTDOWN_CRASH 3u

#define XEN_VCPU_SET_TIMER 8	/* a single shot */
#define XEN_TIMER_FUTURE 1	/* fail where the time has gone by */
struct xen_timer {
	uint64_t at;		/* system time, ns */
	uint32_t flags, pad;
};

/* ---- event channels ---- */

#define XEN_EVENT_BIND_VIRQ 1
#define XEN_EVENT_CLOSE 3
#define XEN_EVENT_SEND 4
#define XEN_EVENT_ALLOC 6
#define XEN_EVENT_UNMASK 9
#define XEN_VIRQ_TIMER 0
#define XEN_PORTS 4096		/* in the two-level form */

struct xen_bind_virq {
	uint32_t virq, vcpu, port;
};
struct xen_alloc_port {
	uint16_t domain, remote;
	uint32_t port;
};

/* ---- the page that is shared with the hypervisor ---- */

struct xen_time {
	uint32_t version, pad0;	/* odd while it is written */
	uint64_t tsc, ns;
	uint32_t mul;
	int8_t shift;
	uint8_t flags, pad[2];
};

struct xen_vcpu {
	uint8_t pending, masked;
	uint8_t pad[6];
	uint64_t words;		/* which of pending[] below has news */
	uint64_t cr2, pad2;
	struct xen_time time;
};

struct xen_shared {
	struct xen_vcpu vcpu[32];
	uint64_t pending[64], mask[64];
	uint32_t wall_version, wall_s, wall_ns, wall_s_high;
};

/* ---- console and xenstore: rings that other domains share ---- */

struct xen_console {
	char in[1024], out[2048];
	uint32_t in_cons, in_prod, out_cons, out_prod;
};

/* ---- memory_op, hvm_op ---- */

#define XEN_ADD_TO_PHYSMAP 7
#define XEN_SPACE_SHARED 0
struct xen_add_to_physmap {
	uint16_t domain, size;
	uint32_t space;
	uint64_t index, frame;
};

#define XEN_HVM_SET_PARAM 0
#define XEN_HVM_GET_PARAM 1
#define XEN_HVM_CALLBACK 0
#define XEN_HVM_STORE_FRAME 1
#define XEN_HVM_STORE_PORT 2
#define XEN_HVM_CONSOLE_FRAME 17
#define XEN_HVM_CONSOLE_PORT 18
#define XEN_HVM_CALLBACK_VECTOR (2ull << 56)
struct xen_hvm_param {
	uint16_t domain, pad;
	uint32_t index;
	uint64_t value;
};
