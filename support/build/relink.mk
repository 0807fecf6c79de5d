# SPDX-License-Identifier: BSD-3-Clause
# CONFIG_RELINK: beside each image the kit that gives it a new order, and the
# program that does (docs/relink.md).

UKI_RELINK_DIR := $(UK_ROOT)/support/relink
UKI_SHUFFLE_DIR := $(UK_ROOT)/hardening/shuffle
uki_relink_c = $(addprefix $(UKI_RELINK_DIR)/,$(addsuffix .c,$(1)))
UKI_MKKIT_SRCS := $(call uki_relink_c,mkkit input piece field pointer map file elf)
UKI_RELINK := $(UK_BUILD)/tools/relink
UKI_RELINK_SRCS := $(call uki_relink_c,relink seed memory stray twin layout order relr file \
	elf sha256) $(addprefix $(UKI_SHUFFLE_DIR)/,open.c view.c draw.c apply.c \
	random.c) $(UK_ROOT)/core/base/chacha.c
# Headers of core and arch that hold on the host as well.
UKI_HOST_INCLUDES := -I$(UK_ROOT)/arch/$(UKI_ARCH)/include \
	-I$(UK_ROOT)/core/base/include
$(UKI_MKKIT): $(UKI_MKKIT_SRCS)
$(UKI_RELINK): $(UKI_RELINK_SRCS)
$(UKI_MKKIT) $(UKI_RELINK): $(wildcard $(UKI_RELINK_DIR)/*.h \
		$(UKI_SHUFFLE_DIR)/*.h) $(UKI_DIR)/sum.h
	@mkdir -p $(@D)
	@$(HOSTCC) -std=gnu17 -D_GNU_SOURCE -O2 -static -Wall -Wextra \
		$(UKI_HOST_INCLUDES) -o $@.new $(filter %.c,$^) -lm && mv $@.new $@

# An image that puts itself in a new order at boot takes none before.
define uki_kit
$(call uki_image,$(1)).kit: $(call uki_image,$(1)).dbg $(UKI_MKKIT) FORCE
	$$(call uki_run,KIT,$$(notdir $$@),$(UKI_MKKIT) -d $$@.dbg $$@.new \
		$$< $(call uki_image,$(1)).map $(call uki_libs_for,$(1)))
-include $(call uki_image,$(1)).kit.cmd
images: $(call uki_image,$(1)).kit $(UKI_RELINK)
endef
$(foreach p,$(UK_PLATS),$(if $(call uki_shuffles,$(p)),,$(eval $(call \
	uki_kit,$(p)))))
