/* SPDX-License-Identifier: BSD-3-Clause */
/* What plat/common asks of this machine, and how a PVH guest gets what the
 * other kind is told at its start. */
#include "machine.h"
#include "../hypercall.h"
#include "../xen.h"

#include <uk/arch/cpuid.h>
#include <uk/errno.h>
#include <uk/image.h>

#define LEAVES 0x40000000u
#define LEAVES_STEP 0x100u	/* another hypervisor's may come first */
#define LEAVES_END 0x40010000u
#define AMD 0x68747541u		/* "Auth", "Hygo": ebx of leaf 0 */
#define HYGON 0x6f677948u

const char pvh_name[] = "xenpvh";
bool xen_amd UK_RO_AFTER_INIT;
static uint64_t console_pa UK_RO_AFTER_INIT_ZERO;

/* The hypervisor puts the shared page in this one's place. */
static struct {
	_Alignas(4096) char byte[UK_PAGE_SIZE];
} shared;

static bool xen_here(void)
{
	struct ukarch_cpuid r;
	uint32_t leaf;

	for (leaf = LEAVES; leaf < LEAVES_END; leaf += LEAVES_STEP) {
		ukarch_cpuid(leaf, 0, &r);
		/* "XenVMMXenVMM" */
		if (r.ebx == 0x566e6558 && r.ecx == 0x65584d4d &&
		    r.edx == 0x4d4d566e)
			return true;
	}
	return false;
}

static long hvm_get(uint32_t index, uint64_t *value)
{
	struct xen_hvm_param p = { .domain = XEN_SELF, .index = index };
	long rc = xen_call2(XEN_HVM_OP, XEN_HVM_GET_PARAM, (uintptr_t)&p);

	*value = p.value;
	return rc;
}

static long hvm_set(uint32_t index, uint64_t value)
{
	struct xen_hvm_param p = {
		.domain = XEN_SELF, .index = index, .value = value,
	};

	return xen_call2(XEN_HVM_OP, XEN_HVM_SET_PARAM, (uintptr_t)&p);
}

/* Nobody can be told, and nothing can be done. */
static UK_NORETURN void not_xen(void)
{
	for (;;)
		__asm__ __volatile__("cli; hlt");
}

void pvh_console_init(void)
{
	struct ukarch_cpuid r;
	volatile struct xen_console *ring;
	uint64_t frame, port;

	if (!xen_here())
		not_xen();
	ukarch_cpuid(0, 0, &r);
	xen_amd = r.ebx == AMD || r.ebx == HYGON;
	if (hvm_get(XEN_HVM_CONSOLE_FRAME, &frame) || !frame ||
	    frame > UINT32_MAX || hvm_get(XEN_HVM_CONSOLE_PORT, &port))
		return;
	console_pa = frame << UK_PAGE_SHIFT;
	ring = pvh_boot_window(console_pa, UK_PAGE_SIZE);
	if (ring)
		xen_console_use(ring, (uint32_t)port);
}

void pvh_found(const struct pvh_view *mem UK_UNUSED, struct uk_bootinfo *bi)
{
	bi->rsdp_pa = 0;	/* tables of no device that is here */
}

void pvh_ready(struct uk_bootinfo *bi)
{
	struct xen_add_to_physmap add = {
		.domain = XEN_SELF, .space = XEN_SPACE_SHARED,
		.frame = (bi->image_pa +
			  (uintptr_t)(shared.byte - uk_image_start)) >>
			 UK_PAGE_SHIFT,
	};
	long rc = xen_call2(XEN_MEMORY_OP, XEN_ADD_TO_PHYSMAP,
			    (uintptr_t)&add);

	if (rc)
		ukplat_boot_refuse("the hypervisor does not share its page of "
				   "events and time: error", (uint64_t)-rc);
	xen_shared = (volatile struct xen_shared *)shared.byte;
}

int ukplat_map_commit(void)
{
	pvh_map_commit();
	if (console_pa)
		xen_console_move(pvh_window_map(console_pa));
	return 0;
}

static void dispatch(unsigned int vector UK_UNUSED)
{
	pvh_watch();
	xen_upcall();
}

void xen_wait(void)
{
	ukarch_irq_wait();
}

int ukplat_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	int rc = pvh_trap_stacks();

	if (rc)
		return rc;
	ukarch_irq_set_handler(dispatch);
	rc = (int)hvm_set(XEN_HVM_CALLBACK, XEN_HVM_CALLBACK_VECTOR |
			  UKARCH_VECTOR_IRQ0);
	if (!rc)
		rc = xen_event_init();
	if (!rc)
		ukplat_irq_enable();
	return rc;
}
