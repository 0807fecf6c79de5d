/* SPDX-License-Identifier: BSD-3-Clause */
/* What plat/common asks of this machine, and how a PVH guest gets what the
 * other kind is told at its start. */
#include "machine.h"
#include "space.h"
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

const char plat_name[] = "xenpvh";
bool xen_amd UK_RO_AFTER_INIT;
static uint64_t console_pa UK_RO_AFTER_INIT_ZERO;

/* The hypervisor puts a page of its own in the place of each. */
struct place {
	_Alignas(4096) char byte[UK_PAGE_SIZE];
};
static struct place shared;

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

static long put_in_place(struct place *p, uint32_t space, uint64_t image_pa)
{
	struct xen_add_to_physmap add = {
		.domain = XEN_SELF, .space = space,
		.frame = (image_pa + (uintptr_t)(p->byte - uk_image_start)) >>
			 UK_PAGE_SHIFT,
	};

	return xen_call2(XEN_MEMORY_OP, XEN_ADD_TO_PHYSMAP, (uintptr_t)&add);
}

void pvh_ready(struct uk_bootinfo *bi)
{
	long rc = put_in_place(&shared, XEN_SPACE_SHARED, bi->image_pa);

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
	plat_watch();
	xen_upcall();
}

void xen_wait(void)
{
	ukarch_irq_wait();
}

uint64_t xen_frame(uint64_t pa)
{
	return pa >> UK_PAGE_SHIFT;
}

#ifdef CONFIG_LIBUKBUS_XEN
static int share(const struct uk_bootinfo *bi)
{
	static struct place grants;
	volatile void *store = NULL;
	uint64_t frame, port;

	if (put_in_place(&grants, XEN_SPACE_GRANTS, bi->image_pa))
		return -ENODEV;
	if (!hvm_get(XEN_HVM_STORE_FRAME, &frame) && frame &&
	    frame <= UINT32_MAX && !hvm_get(XEN_HVM_STORE_PORT, &port))
		store = pvh_window_map(frame << UK_PAGE_SHIFT);
	return xen_share_init((volatile struct xen_grant *)grants.byte, store,
			      store ? (uint32_t)port : 0);
}
#else
static int share(const struct uk_bootinfo *bi UK_UNUSED)
{
	return 0;
}
#endif

int ukplat_init(const struct uk_bootinfo *bi)
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
		rc = share(bi);
	if (!rc)
		ukplat_irq_enable();
	return rc;
}
