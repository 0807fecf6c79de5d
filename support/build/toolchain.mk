# SPDX-License-Identifier: BSD-3-Clause
# The compiler and its friends. LLVM=1 picks Clang; LLVM=-19 a version;
# CROSS_COMPILE= a prefix for GCC, Debian's for another CPU than this machine's.
# UK_CFLAGS and friends come from the user.

UKI_PREFIX := $(or $(CROSS_COMPILE),$(if $(CONFIG_ARCH_ARM64),$(if $(filter \
	aarch64,$(shell uname -m)),,aarch64-linux-gnu-)))

ifneq ($(LLVM),)
UKI_LLVM   := $(if $(filter -%,$(LLVM)),$(LLVM),-19)
UK_COMPILER := clang
CC         := $(CCACHE) clang$(UKI_LLVM)
CXX        := $(CCACHE) clang++$(UKI_LLVM)
LD         := ld.lld$(UKI_LLVM)
OBJCOPY    := llvm-objcopy$(UKI_LLVM)
NM         := llvm-nm$(UKI_LLVM)
AR         := llvm-ar$(UKI_LLVM)
else
UK_COMPILER := gcc
CC         := $(CCACHE) $(UKI_PREFIX)gcc
CXX        := $(CCACHE) $(UKI_PREFIX)g++
LD         := $(UKI_PREFIX)ld
OBJCOPY    := $(UKI_PREFIX)objcopy
NM         := $(UKI_PREFIX)gcc-nm
AR         := $(UKI_PREFIX)gcc-ar
endif
# GNU ld 2.40 has no short relocations (RELR) for arm64.
UKI_IMAGE_LD := $(if $(CONFIG_ARCH_ARM64),$(or $(filter ld.lld%,$(LD)),ld.lld-19),$(LD))
HOSTCC     ?= cc
# Objects name no place (UKI_MAP_TREE), so ccache may take those of another
# build folder.
export CCACHE_NOHASHDIR ?= 1
export CCACHE_IGNOREOPTIONS ?= -ffile-prefix-map=*
# Preprocessing is a third of a compilation. What is in no cache is not preprocessed
# first, to look for what other headers may have come to: a library's headers
# say nothing but what it uses.
export CCACHE_DEPEND ?= 1
PYTHON     ?= /usr/bin/python3
SHELL      := /bin/sh
TOUCH := touch
SED := sed
AWK := awk

# Asked once a build folder and compiler, kept in a file: starting a compiler
# at every make costs more than a make in which nothing changed.
UKI_CC_FACTS := $(UK_BUILD)/kconfig/cc.$(UKI_PREFIX)$(UK_COMPILER)$(UKI_LLVM).mk
$(UKI_CC_FACTS): $(shell command -v $(lastword $(CC)))
	@mkdir -p $(@D)
	@v=$$($(lastword $(CC)) -dumpfullversion 2>/dev/null || \
	      $(lastword $(CC)) -dumpversion) && \
	 i=$$($(lastword $(CC)) -print-file-name=include) && \
	 printf 'UKI_CC_VERSION := %s\nUKI_CC_INCLUDE := %s\n' \
		"$$v" "$$i" >$@.new && mv $@.new $@
-include $(UKI_CC_FACTS)

# Questions that Makefile.uk files ask about the compiler.
uki_ver = $(word $(2),$(subst ., ,$(UKI_CC_VERSION) 0 0))
uki_ge = $(shell [ $$(($(call uki_ver,,1) * 100 + $(call uki_ver,,2))) -ge \
	$$(($(1) * 100 + $(or $(2),0))) ] && echo y)
have_gcc = $(if $(filter gcc,$(UK_COMPILER)),y)
have_clang = $(if $(filter clang,$(UK_COMPILER)),y)
gcc_version_ge = $(if $(call have_gcc),$(call uki_ge,$(1),$(2)))
gcc_version_lt = $(if $(call have_gcc),$(if $(call uki_ge,$(1),$(2)),,y))
clang_version_ge = $(if $(call have_clang),$(call uki_ge,$(1),$(2)))
clang_version_lt = $(if $(call have_clang),$(if $(call uki_ge,$(1),$(2)),,y))
cc_version_ge = $(call uki_ge,$(1),$(2))
cc_version_lt = $(if $(call uki_ge,$(1),$(2)),,y)
error_if_gcc_version_lt = $(if $(call gcc_version_lt,$(1),$(2)),\
	$(error GCC $(1).$(2) or newer is needed, this is $(UKI_CC_VERSION)))
error_if_clang_version_lt = $(if $(call clang_version_lt,$(1),$(2)),\
	$(error Clang $(1).$(2) or newer is needed, this is $(UKI_CC_VERSION)))
