/* SPDX-License-Identifier: BSD-3-Clause */
#include "layout.h"

#include <uk/plat.h>

struct kvm_layout kvm_layout_draw(struct uk_draw *d, size_t len)
{
	const size_t slots = (KVM_IMAGE_HIGHEST - KVM_IMAGE_LOWEST) /
			     KVM_IMAGE_SLOT;
	const size_t pages = (KVM_IMAGE_SLOT - len) / UK_PAGE_SIZE + 1;

	return (struct kvm_layout){
		.image = KVM_IMAGE_LOWEST + KVM_IMAGE_SLOT * uk_draw(d, slots) +
			 UK_PAGE_SIZE * uk_draw(d, pages),
		.window = KVM_WINDOW_LOWEST + KVM_WINDOW_ALIGN *
			  uk_draw(d, KVM_WINDOW_LEN / KVM_WINDOW_ALIGN),
	};
}
