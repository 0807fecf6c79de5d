# SPDX-License-Identifier: BSD-3-Clause
# The words that a Makefile.uk is written in. Names that begin with uki_ or
# UKI_ are the build's own and may change; the others are the interface, known
# from the library pools that Redoubt's model comes from.

UKI_EMPTY :=
UKI_SPACE := $(UKI_EMPTY) $(UKI_EMPTY)
UKI_COMMA := ,
UKI_HASH := \#
define UKI_NEWLINE


endef

# $(call uc,TEXT), $(call lc,TEXT): in make itself, a shell is too slow.
uki_uc0 = $(subst a,A,$(subst b,B,$(subst c,C,$(subst d,D,$(subst e,E,$(subst f,F,$(subst g,G,\
	$(strip $(1)))))))))
uki_uc1 = $(subst h,H,$(subst i,I,$(subst j,J,$(subst k,K,$(subst l,L,$(subst m,M,$(subst n,N,\
	$(call uki_uc0,$(1)))))))))
uki_uc2 = $(subst o,O,$(subst p,P,$(subst q,Q,$(subst r,R,$(subst s,S,$(subst t,T,$(subst u,U,\
	$(call uki_uc1,$(1)))))))))
uki_uc3 = $(subst v,V,$(subst w,W,$(subst x,X,$(subst y,Y,$(subst z,Z,$(subst -,_,$(subst .,_,\
	$(call uki_uc2,$(1)))))))))
uc = $(strip $(subst +,_,$(call uki_uc3,$(1))))
uki_lc0 = $(subst A,a,$(subst B,b,$(subst C,c,$(subst D,d,$(subst E,e,$(subst F,f,$(subst G,g,\
	$(strip $(1)))))))))
uki_lc1 = $(subst H,h,$(subst I,i,$(subst J,j,$(subst K,k,$(subst L,l,$(subst M,m,$(subst N,n,\
	$(call uki_lc0,$(1)))))))))
uki_lc2 = $(subst O,o,$(subst P,p,$(subst Q,q,$(subst R,r,$(subst S,s,$(subst T,t,$(subst U,u,\
	$(call uki_lc1,$(1)))))))))
lc = $(strip $(subst V,v,$(subst W,w,$(subst X,x,$(subst Y,y,$(subst Z,z,\
	$(call uki_lc2,$(1))))))))
qstrip = $(strip $(subst ",,$(1)))

# ---- libraries ----------------------------------------------------------
# $(eval $(call addlib,NAME)): register the library that lives in the folder
# whose Makefile.uk is being read. addlib_s does so if its 2nd word is y.
define addlib
$(if $(filter $(1),$(UKI_LIBS)),$(error $(UKI_IMPORT)/Makefile.uk: \
	library '$(1)' is there already, from $($(call uc,$(1))_BASE)))
UKI_LIBS += $(1)
UKI_UC_$(1) := $(call uc,$(1))
$(call uc,$(1))_BASE := $(UKI_IMPORT)
$(call uc,$(1))_BUILD := $(UK_BUILD)/$(1)
$(call uc,$(1))_EXPORTS := $(wildcard $(UKI_IMPORT)/exportsyms.uk)
UKI_ORIGIN_OF_$(1) := $(UKI_IMPORT_KIND)
endef
addlib_s = $(if $(filter y,$(2)),$(call addlib,$(strip $(1))))

# $(eval $(call addplatlib_s,PLATFORM,NAME,$(CONFIG_...))): a library that goes
# into the images of one platform only.
define uki_addplatlib
$(call addlib,$(2))
UKI_PLAT_OF_$(2) := $(1)
endef
addplatlib = $(call uki_addplatlib,$(strip $(1)),$(strip $(2)))
addplatlib_s = $(if $(filter y,$(3)),$(call addplatlib,$(1),$(2)))
# $(eval $(call addplat_s,NAME,$(CONFIG_...))): one more platform to link for.
define uki_addplat
UK_PLATS += $(1)
endef
addplat = $(call uki_addplat,$(strip $(1)))
addplat_s = $(if $(filter y,$(2)),$(call addplat,$(1)))

# $(call import_lib,FOLDER,KIND): read a Makefile.uk with UKI_IMPORT set.
define uki_import
UKI_IMPORT := $(1)
UKI_IMPORT_KIND := $(2)
-include $(1)/Makefile.rules
include $(1)/Makefile.uk
endef
import_lib = $(foreach d,$(1),$(eval $(call uki_import,$(d),$(2))))

sub_build_dir = $(UK_BUILD)/$(1)
mk_sub_build_dir = $(shell mkdir -p $(UK_BUILD)/$(1))
mk_sub_libbuild_dir = $(shell mkdir -p $($(call uc,$(1))_BUILD)/$(2))
vprefix_lib = $(call uc,$(1))_$(2)
vprefix_src = $(call uc,$(1))_$(call uc,$(basename $(notdir $(2))))_$(3)
vprefix_glb = UK_$(1)

# ---- commands -----------------------------------------------------------
# $(call verbose_cmd,TAG,TEXT,COMMAND): run COMMAND, showing TAG and TEXT, or
# the command itself with V=1. $(call build_cmd,TAG,LIB,OUT,COMMAND) is the
# same for a step of a library.
ifeq ($(V),1)
uki_show =
Q :=
else
uki_show = @$(uki_say)
Q := @
endif
# One step of the build: [ n/total] where the total is known (a cold build).
# UKI_STEP counts in make itself, at the moment a recipe is expanded.
uki_say = $(eval UKI_STEP += x)printf '[%4s%s] %-6s%s\n' \
	'$(words $(UKI_STEP))' '$(if $(UKI_TOTAL),/$(UKI_TOTAL))' '$(1)' '$(2)'
verbose_cmd = $(if $(filter 1,$(V)),$(3),$(call uki_say,$(1),$(2)); $(3))
build_cmd = $(call verbose_cmd,$(1),$(2): $(notdir $(3)),$(4))
uki_quiet = $(if $(filter 1,$(V)),,@$(call uki_say,$(1),$(2)))

# ---- a command that is part of its target's state -----------------------
# $(call uki_run,TAG,TEXT,COMMAND,DEPFILE): the recipe of a target that
# depends on FORCE. Runs if a prerequisite is newer or the command is another
# than last time. COMMAND writes $@.new, which becomes $@ in one step; the
# command is recorded after it, so that an interrupted step is done again.
# A command is one argument of a shell, of which no more than 128 KiB are allowed:
# a long list in it is in a file, which is touched where the list changes.
# $(call uki_list,FILE,LIST): FILE, for the prerequisites; $(call
# uki_short,FILE,LIST) in the recipe: what stands there.
UKI_LONG := 200
uki_list = $(if $(word $(UKI_LONG),$(2)),$(if $(call uki_differs,$(file \
	<$(1)),$(2)),$(file >$(1),$(strip $(2))))$(1))
uki_short = $(if $(word $(UKI_LONG),$(2)),$$(cat $(1)),$(2))
uki_esc = $(subst $(UKI_HASH),\$(UKI_HASH),$(subst $$,$$$$,$(strip $(1))))
uki_differs = $(subst x$(strip $(1))x,,x$(strip $(2))x)
uki_newer = $(filter-out FORCE $(wildcard $(UKI_KEEP)),$?)
uki_missing = $(if $(wildcard $@),,missing)
uki_run = $(if $(uki_missing)$(uki_newer)$(call uki_differs,$(CMD_$@),$(3)),$(call \
	uki_do,$(1),$(2),$(3),$(4)),@:)
define uki_do
$(file >$@.cmd.new,CMD_$@ := $(call uki_esc,$(3)))
$(if $(filter 1,$(V)),,@$(call uki_say,$(1),$(2));) $(3) && $(if $(4),$(UKI_FIXDEP) \
	$(4) $@ $(UK_BUILD),mv -f $@.new $@ && mv -f $@.cmd.new $@.cmd)
endef
