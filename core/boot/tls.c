/* SPDX-License-Identifier: BSD-3-Clause */
/* The thread pointer of the boot context, and the canary behind it. */
#include <uk/arch/tls.h>
#include <uk/canary.h>
#include <uk/essentials.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/vm.h>
#include "boot.h"

#define EARLY_ALIGN 64

void boot_tls_early(void)
{
	static char area[UKARCH_TLS_TCB + EARLY_ALIGN] UK_ALIGNED(EARLY_ALIGN);

	ukarch_tlsp_set(ukarch_tls_area_init(area, NULL, 0, 0, UK_TLS_ALIGN,
					     uk_canary()));
}

void boot_tls_init(void)
{
	size_t len = (size_t)(uk_tls_end - uk_tls_start);
	size_t size = UK_ALIGN_UP(ukarch_tls_area_size(len, UK_TLS_ALIGN),
				  UK_PAGE_SIZE);
	void *area = uk_vm_alloc("tls:main", size, UK_MEM_R | UK_MEM_W,
				 UK_VM_GUARD_BELOW | UK_VM_GUARD_ABOVE);

	if (!area)
		ukplat_boot_refuse("no memory for the main thread's data: "
				   "give the machine more", size);
	ukarch_tlsp_set(ukarch_tls_area_init(area, uk_tls_start,
			(size_t)(uk_tls_data_end - uk_tls_start), len,
			UK_TLS_ALIGN, uk_canary()));
}
