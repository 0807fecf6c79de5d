# SPDX-License-Identifier: BSD-3-Clause
# Behind the door: where things are (A, L, O, C, N, APP), the configuration
# goals, the build and the run. One make process here, one (build.mk) inside.

MAKEFLAGS += --no-print-directory
# Goals of one command line one after another, as in `make -j3 defconfig all`;
# the jobs are for the make inside.
.NOTPARALLEL:
PYTHON ?= /usr/bin/python3
V ?= 0
UKI_SUP := $(UK_ROOT)/support/build
include $(UKI_SUP)/version.mk

# ---- where --------------------------------------------------------------
# In the middle of a path make takes these for its own.
UKI_HASH := \#
UKI_MINE := = % ; ' " $$ $(UKI_HASH)
$(foreach v,UK_ROOT O A C,$(foreach c,$(UKI_MINE),$(if $(findstring \
	$(c),$($(v))),$(error $(v)=$($(v)): a path with $(c) in it is more \
	than make can take: choose another)))$(if $(word 2,$($(v))),$(error \
	$(v)=$($(v)): a path with a blank in it is more than make can take: \
	choose another)))
# O= build folder, C= configuration, A= application folder, APP= application
# of apps/. In the tree the configuration lies in the build folder and says
# which application it is for; outside (A=) it lies beside the application.
UK_BUILD := $(abspath $(or $(O),$(if $(A),$(A),$(UK_ROOT))/build))
UK_CONFIG := $(abspath $(or $(C),$(if $(and $(A),$(if \
	$(O),,y)),$(A),$(UK_BUILD))/.config))
UKI_APP_SET := $(patsubst %_defconfig,%,$(filter %_defconfig,$(MAKECMDGOALS)))
UKI_APP_NOW := $(shell sed -n 's/^CONFIG_UK_APP="\(.*\)"/\1/p' $(UK_CONFIG) \
	2>/dev/null)
UKI_APP := $(or $(firstword $(UKI_APP_SET)),$(APP),$(UKI_APP_NOW),helloworld)
UK_APPDIR := $(patsubst %/,%,$(abspath $(or $(A),$(firstword $(wildcard \
	$(UK_ROOT)/apps/$(UKI_APP) $(UK_ROOT)/tests/boot/$(UKI_APP)) \
	$(UK_ROOT)/apps/$(UKI_APP)))))
UK_APP := $(notdir $(UK_APPDIR))
UKI_EXTERNAL := $(abspath $(filter-out $(patsubst %/,%,$(subst :, ,$(E))),$(patsubst \
	%/,%,$(subst :, ,$(L) $(P)))))
UK_COMPILER := $(if $(LLVM),clang,gcc)
UK_MENU := $(UK_BUILD)/kconfig
export UK_ROOT UK_BUILD UK_CONFIG UK_APPDIR UK_APP UK_MENU UK_COMPILER \
	UK_FULLVERSION UKI_EXTERNAL
export UK_EXTERNAL := $(UKI_EXTERNAL)
export UKI_KCONF := $(PYTHON) $(UK_ROOT)/support/kconfig/kconf.py

UKI_NEED = sh $(UKI_SUP)/doctor.sh need
# $(1) where the configuration is for arm64
UKI_NEED_CPU = $$(! grep -qs '^CONFIG_ARCH_ARM64=y' $(UK_CONFIG) || echo $(1))
UKI_JOBS := $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
UKI_INNER = sh $(UKI_SUP)/inner.sh "$(MAKE)" "$(UKI_JOBS)"

# Another application than the one that is configured: from its defconfig.
UKI_OTHER := $(if $(A),,$(if $(UKI_APP_NOW),$(filter-out $(UKI_APP_NOW),$(APP))))

# ---- configuration ------------------------------------------------------
.PHONY: help menuconfig nconfig olddefconfig oldconfig syncconfig defconfig \
	savedefconfig list-defconfigs config-trace randconfig all run doctor \
	clean properclean distclean objs libs images fetch prepare inspect
UKI_CONF = @$(UKI_NEED) build && mkdir -p $(UK_BUILD) &&
menuconfig nconfig:
	$(UKI_CONF) $(UKI_KCONF) menuconfig
olddefconfig oldconfig syncconfig:
	$(UKI_CONF) $(UKI_KCONF) olddefconfig
savedefconfig:
	$(UKI_CONF) $(UKI_KCONF) savedefconfig $(or $(OUT),$(UK_APPDIR)/defconfig)
config-trace: $(UK_CONFIG)
	@$(UKI_KCONF) trace $(SYMBOL:CONFIG_%=%)
randconfig:
	$(UKI_CONF) $(UKI_KCONF) randconfig $(or $(SEED),1) \
		$(or $(UK_DEFCONFIG),$(wildcard $(UK_APPDIR)/defconfig))
defconfig:
	$(UKI_CONF) $(UKI_KCONF) defconfig \
		$(or $(UK_DEFCONFIG),$(wildcard $(UK_APPDIR)/defconfig))
%_defconfig:
	@test -f $(UK_APPDIR)/defconfig || { echo "make: there is no \
	application '$*' with a defconfig: make list-defconfigs" >&2; exit 2; }
	$(UKI_CONF) $(UKI_KCONF) defconfig $(UK_APPDIR)/defconfig
	@echo "configured $* (profile: make menuconfig): $(UK_CONFIG)"
list-defconfigs:
	@cd $(UK_ROOT) && for f in apps/*/defconfig; do \
		d=$${f%/defconfig}; printf '%-28s %s\n' "$${d##*/}_defconfig" \
		"$$(sed -n '1s/^# *//p' $$f)"; done
# The first build of an application starts from its defconfig.
ifneq ($(UKI_OTHER),)
.PHONY: $(UK_CONFIG)
menuconfig nconfig olddefconfig oldconfig syncconfig: $(UK_CONFIG)
endif
$(UK_CONFIG):
	@test ! -f $@ || { mv $@ $@.old && echo "make: $@ was that of \
	$(UKI_APP_NOW), and is $@.old now"; }
	$(UKI_CONF) if [ -f $(UK_APPDIR)/defconfig ]; then \
		$(UKI_KCONF) defconfig $(UK_APPDIR)/defconfig; \
	else $(UKI_KCONF) olddefconfig; fi

# ---- build --------------------------------------------------------------
all images objs libs prepare: $(UK_CONFIG)
	@$(UKI_NEED) $(if $(LLVM),llvm,build $(call UKI_NEED_CPU,arm64))
	@$(UKI_INNER) $@
# Every file that any port of the tree names, whatever the configuration.
fetch:
	@$(UKI_NEED) fetch
	@for h in $(UK_ROOT)/*/*/source.hash $(UK_ROOT)/libs/source.hash; do \
	 got=$$(sh $(UKI_SUP)/fetch.sh $$h all "" -) || exit 1; \
	 printf '%s: there\n' $$got; done
compile_commands.json: all
	@echo $(UK_BUILD)/compile_commands.json
print-%: $(UK_CONFIG)
	@$(MAKE) -s -f $(UKI_SUP)/build.mk $@
.PHONY: compile_commands.json

# make run: builds, boots on the first platform (PLAT= picks), and ends with the
# guest's status. ARGS= command line, MEM=, MACHINE=, ACCEL=.
PLAT ?=
ifneq ($(filter run,$(MAKECMDGOALS)),)
UKI_STATUS := $(UK_BUILD)/tools/status.so
UKI_CAN_EXIT := $(if $(filter load,$(.FEATURES)),$(shell mkdir -p \
	$(UK_BUILD)/tools && { test $(UKI_STATUS) -nt $(UKI_SUP)/status.c || \
	gcc -O2 -shared -fPIC -o $(UKI_STATUS) $(UKI_SUP)/status.c; } \
	2>/dev/null && echo y))
ifneq ($(UKI_CAN_EXIT),)
-load $(UKI_STATUS)
endif
endif
.PHONY: run-guest
run-guest: all
	@$(UKI_NEED) run $(call UKI_NEED_CPU,run-arm64)
	@img=$$(grep '_$(or $(PLAT),.*)-' $(UK_BUILD)/images | head -n 1); \
	 $(UK_ROOT)/support/run/app $(UK_APPDIR) $(UK_BUILD)/run/$(UK_APP) \
		"$$img" $(if $(MACHINE),-M $(MACHINE)) \
		$(if $(MEM),-m $(MEM)) $(if $(ACCEL),-a $(ACCEL)) -t 0 -v \
		-- $(ARGS); \
	 echo $$? >$(UK_BUILD)/status
# The line is expanded, and make ends, once the guest has.
run: run-guest
	$(if $(UKI_CAN_EXIT),$(uki-exit $(shell \
		cat $(UK_BUILD)/status)),@exit $$(cat $(UK_BUILD)/status))
# make relink SEED=...: each image of the configuration once more, in the order
# that the seed says, with its twin and the list of what went where.
.PHONY: relink
relink: all
	@test -n "$$SEED" || { echo "relink: SEED= is any text; keep it" >&2; \
	 exit 2; }
	@test -x $(UK_BUILD)/tools/relink && grep -q '^CONFIG_RELINK=y' \
	 $(UK_CONFIG) || { echo "relink: the image needs CONFIG_RELINK=y (make \
	menuconfig, Build)" >&2; exit 2; }
	@mkdir -p $(UK_BUILD)/relinked && \
	 cp $(UK_BUILD)/objects $(UK_BUILD)/relinked/
	@while read -r i; do o=$(UK_BUILD)/relinked/$${i##*/}; \
	 set -- $(UK_BUILD)/tools/relink -s "$$SEED" -n $(or $(NUMBER),0); \
	 "$$@" -m $$o.layout $$i.kit $$i $$o && \
	 "$$@" -d $$i.kit.dbg $$i.kit $$i.dbg $$o.dbg && \
	 { ! grep -q '^CONFIG_HARDEN_BYTES=y' $(UK_BUILD)/kconfig/auto.conf || \
	 $(PYTHON) $(UK_ROOT)/support/report/forbidden.py --facts \
		$(UK_BUILD)/facts $$o.dbg; } && \
	 { test ! -e $$i.ro || \
	 sh $(UK_ROOT)/support/run/rofile $$o $$o.ro; } && \
	 echo "$$o (seed $$SEED)" || exit 1; \
	 done <$(UK_BUILD)/images
doctor:
	@sh $(UKI_SUP)/doctor.sh check

# ---- prove --------------------------------------------------------------
# Each image of the configuration; PROFILE= for the check.
.PHONY: hardening-report hardening-check
UKI_REPORT = $(PYTHON) $(UK_ROOT)/support/report/report.py
hardening-report: all
	@$(UKI_NEED) report
	@$(UKI_REPORT) --json $(UK_BUILD)/hardening.json \
		--html $(UK_BUILD)/hardening.html \
		--svg $(UK_BUILD)/hardening.svg $$(cat $(UK_BUILD)/images)
	@echo; echo "the same as a page: $(UK_BUILD)/hardening.html"
hardening-check: all
	@$(UKI_NEED) report
	@$(UKI_REPORT) --json $(UK_BUILD)/hardening.json \
		--check $(or $(PROFILE),strict) $$(cat $(UK_BUILD)/images)
# AGAINST= an earlier build/size.json or surface.json: only what has changed.
.PHONY: size-report surface-report
UKI_AGAINST = $(if $(AGAINST),$(PYTHON) $(UK_ROOT)/support/report/compare.py \
	$(AGAINST) $(1))
size-report: all
	@$(UKI_NEED) report
	@$(PYTHON) $(UK_ROOT)/support/report/size.py --json $(UK_BUILD)/size.json \
		--svg $(UK_BUILD)/size.svg $$(cat $(UK_BUILD)/images) $(if \
		$(AGAINST),>/dev/null)
	@$(call UKI_AGAINST,$(UK_BUILD)/size.json)
surface-report: all
	@$(UKI_NEED) surface
	@$(PYTHON) $(UK_ROOT)/support/report/surface.py --objects $(UK_BUILD) \
		--json $(UK_BUILD)/surface.json $$(cat $(UK_BUILD)/images) $(if \
		$(AGAINST),>/dev/null)
	@$(call UKI_AGAINST,$(UK_BUILD)/surface.json)
inspect:
	@$(UKI_NEED) report
	@$(if $(IMAGE),,echo "inspect: IMAGE= names no file" >&2; exit 2;) \
	 sh $(UK_ROOT)/support/report/inspect.sh "$(IMAGE)"
# What inspecting needs, for a machine without this tree.
.PHONY: inspector
inspector:
	@mkdir -p $(UK_BUILD) && cd $(UK_ROOT) && tar --sort=name --owner=0 \
	 --group=0 --mtime=@0 -czf $(UK_BUILD)/inspector.tar.gz \
	 support/report/*.py support/report/inspect.sh hardening/*/rule.yaml \
	 hardening/*/flags.mk hardening/*/*.list && \
	 echo $(UK_BUILD)/inspector.tar.gz

# ---- cleaning -----------------------------------------------------------
clean:
	@test ! -f $(UK_BUILD)/kconfig/auto.conf || { cd $(UK_BUILD) && \
	 find . -name '*.o' -delete -o -name '*.cmd' -delete && rm -f images \
		compile_commands.json $(UK_APP)_*; }
clean-%:
	@rm -rf $(UK_BUILD)/lib$(*:lib%=%) $(UK_BUILD)/$* $(UK_BUILD)/lib$(*:lib%=%).o \
		$(UK_BUILD)/lib$(*:lib%=%).o.cmd
# Only what is ours: a folder without our mark is not removed.
properclean:
	@test ! -d $(UK_BUILD)/kconfig || { c=$$(mktemp) && { test ! -f \
	 $(UK_CONFIG) || cp $(UK_CONFIG) $$c; } && rm -rf $(UK_BUILD) && { test \
	 ! -s $$c || { mkdir -p $(dir $(UK_CONFIG)) && cp $$c $(UK_CONFIG); }; \
	 rm -f $$c; }; }
distclean:
	@test ! -d $(UK_BUILD)/kconfig || rm -rf $(UK_BUILD)
	@rm -f $(UK_CONFIG) $(UK_CONFIG).old

help:
	@sed 's/^#.*//; /^$$/N; /^\n$$/D' $(UKI_SUP)/help.txt

# ---- the hardened allocator for programs of the host -----------------------
.PHONY: host-alloc
host-alloc:
	@$(UKI_NEED) build
	@$(MAKE) -f $(UK_ROOT)/support/hostalloc/hostalloc.mk \
		OUT=$(UK_BUILD)/hostalloc

# ---- documents that come from measurements ------------------------------
.PHONY: figures
figures:
	@test -f $(UK_ROOT)/build/bench.json || { echo "figures: make bench \
	first" >&2; exit 2; }
	@awk -f $(UK_ROOT)/support/report/figures.awk \
		$(UK_ROOT)/build/bench.json >$(UK_ROOT)/docs/figures.md
