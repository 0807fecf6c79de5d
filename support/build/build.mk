# SPDX-License-Identifier: BSD-3-Clause
# The inner make: reads the configuration, every library, and builds the images.
# Started by the door (Makefile) with UK_ROOT, UK_BUILD, UK_CONFIG, UK_APPDIR,
# UKI_EXTERNAL set; never by hand.

MAKEFLAGS += -rR --no-print-directory
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PHONY: FORCE all images libs objs prepare fetch
all: images
FORCE:

UKI_DIR := $(UK_ROOT)/support/build
include $(UKI_DIR)/version.mk
include $(UKI_DIR)/macros.mk

UKI_AUTO := $(UK_BUILD)/kconfig/auto.conf
-include $(UK_BUILD)/kconfig/auto.conf.d
include $(UKI_AUTO)
include $(UKI_DIR)/toolchain.mk
# What is granted depends on the compiler: another one asks again.
UKI_ASKED := $(UK_BUILD)/kconfig/compiler
uki_asker := $(CROSS_COMPILE)$(UK_COMPILER)$(UKI_LLVM)
ifneq ($(file <$(UKI_ASKED)),$(uki_asker))
$(shell mkdir -p $(dir $(UKI_ASKED)))
$(file >$(UKI_ASKED),$(uki_asker))
endif
$(UKI_CONFIG_DEPS):
$(UKI_AUTO): $(UK_CONFIG) $(UKI_ASKED) $(UKI_CONFIG_DEPS) $(wildcard \
		$(UK_ROOT)/support/kconfig/*.py)
	@$(UKI_KCONF) sync

# Nothing below can be read before there is a configuration: make writes it,
# and starts over.
ifneq ($(wildcard $(UKI_AUTO)),)
UK_NAME := $(call qstrip,$(CONFIG_UK_NAME))
UK_PROFILE := $(call qstrip,$(CONFIG_HARDENING_PROFILE))
APP_BASE := $(UK_APPDIR)
include $(UKI_DIR)/fetch.mk
include $(UKI_DIR)/flags.mk

# In the order of the link: the application first, then from the top down.
uki_folders = $(patsubst %/Makefile.uk,%,$(sort \
	$(wildcard $(UK_ROOT)/$(1)/*/Makefile.uk)))
$(call import_lib,$(UK_APPDIR),app)
$(call import_lib,$(UKI_EXTERNAL),external)
$(foreach r,libs sched alloc core hardening arch plat,$(call \
	import_lib,$(call uki_folders,$(r)),own))
include $(UKI_DIR)/mitigations.mk
include $(UKI_DIR)/rules.mk
include $(UKI_DIR)/facts.mk
include $(UKI_DIR)/image.mk
ifneq ($(CONFIG_RELINK),)
include $(UKI_DIR)/relink.mk
endif
endif
