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
#define XEN_SPACE_GRANTS 1
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

/* ---- grants ---- */

#define XEN_GRANT_SETUP 2
struct xen_grant_setup {
	uint16_t domain, pad0;
	uint32_t nr_frames;
	int16_t status;
	uint16_t pad1[3];
	uint64_t list;			/* virtual: where frames are told */
};

#define XEN_GRANT_ACCESS 1u
#define XEN_GRANT_READ_ONLY 4u
#define XEN_GRANT_READING 8u
#define XEN_GRANT_WRITING 16u
struct xen_grant {
	uint16_t flags, domain;
	uint32_t frame;
};

/* ---- PV: what the loader leaves, traps, page tables ---- */

#define XEN_PV_MAGIC "xen-3.0-x86_64"	/* start_info.magic begins so */
#define XEN_PV_CMDLINE 1024
#define XEN_PV_DOM0 (1u << 1)		/* flags */
#define XEN_PV_MOD_FRAME (1u << 3)	/* mod_start is a frame number */
struct xen_start_info {
	char magic[32];
	uint64_t nr_pages, shared_info;		/* machine address */
	uint32_t flags, pad0;
	uint64_t store_frame;			/* machine frame */
	uint32_t store_port, pad1;
	uint64_t console_frame;			/* machine frame; not dom0 */
	uint32_t console_port, pad2;
	uint64_t pt_base, nr_pt_frames;		/* virtual */
	uint64_t mfn_list;			/* virtual: frames by number */
	uint64_t mod_start, mod_len;
	char cmdline[XEN_PV_CMDLINE];
};

#define XEN_PV_CS 0xe033		/* flat segments of the hypervisor's */
struct xen_trap {
	uint8_t vector, flags;
	uint16_t cs;
	uint32_t pad;
	uint64_t address;
};
#define XEN_TRAP_ANY_RING 3u
#define XEN_TRAP_MASKED 4u		/* no upcall meanwhile */

#define XEN_SEGMENT_FS 0

/* The hypervisor's own part of every address space; it begins with a table
 * from machine frames to the domain's. */
#define XEN_PV_HOLE 0xffff800000000000ul
#define XEN_PV_HOLE_END 0xffff880000000000ul

struct xen_mmu_update {
	uint64_t at, value;		/* machine address of the entry */
};
#define XEN_MMUEXT_FLUSH 6		/* this CPU's TLB */
#define XEN_MMUEXT_INVLPG 7
#define XEN_MMUEXT_CLEAR 16
struct xen_mmuext {
	uint32_t what, pad;
	uint64_t arg;			/* frame, or virtual address */
	uint64_t arg2;
};
#define XEN_UVMF_INVLPG 2
