# SPDX-License-Identifier: BSD-3-Clause
# Fetched sources. $(eval $(call fetch,LIB,URL)) brings the archive that URL
# names, unpacks it into $(LIB_ORIGIN) and leaves the stamp .origin; fetchas
# takes the file name to save it under as well. fetchany,LIB,FILE FILE...: the
# first of several versions that can be had, unpacked without its top folder.
# $(eval $(call patch,LIB,FOLDER,SUBFOLDER)) then applies FOLDER/*.patch there:
# .patched. A library may add more steps as UK_PREPARE. What is fetched is named
# with size, sha256 and licence in the library's source.hash; in our own tree
# that is not optional.

uki_archive = $(call uki_fetch,$(strip $(1)),$(call \
	uc,$(1)),$(strip $(2)),$(strip $(3)),$(wildcard $(UKI_IMPORT)/source.hash))
fetch = $(call uki_archive,$(1),$(2),$(notdir $(2)))
fetch2 = $(call fetch,$(1),$(2))
fetchas = $(call uki_archive,$(1),$(2),$(3))
fetchas2 = $(call uki_archive,$(1),$(2),$(4))
fetchany = $(call uki_fetch,$(strip $(1)),$(call uc,$(1)),"",archive,$(wildcard \
	$(UKI_IMPORT)/source.hash),$(strip $(2)))

# $(1) library, $(2) UC, $(3) address, $(4) file, $(5) its source.hash, $(6) the
# versions that serve
define uki_fetch
$(if $(5),,$(if $(filter own,$(UKI_IMPORT_KIND)),$(error $(UKI_IMPORT): fetch \
	without source.hash),$(warning $(1): fetched without a hash: nobody \
	checks what is built)$(eval UKI_UNCHECKED += $(1))))
$(2)_ORIGIN := $$($(2)_BUILD)/origin
$(2)_PREPARED := $$($(2)_BUILD)/.origin
UK_FETCH-y += $$($(2)_BUILD)/.origin
$$($(2)_BUILD)/$(4): $(5)
	$(Q)mkdir -p $$(@D) && sh $(UKI_DIR)/doctor.sh need unpack
	$(Q)sh $(UKI_DIR)/fetch.sh $(or $(5),-) "$(or $(6),$(4))" $(3) $$@ >$$@.name
UKI_UNPACK_$(1) := cd $$($(2)_BUILD) && rm -rf origin origin.new && \
	mkdir origin.new && $(if $(filter %.zip,$(4)),unzip -q $(4) -d \
	origin.new,tar -C origin.new -xf $(4)$(if $(6), --strip-components=1)) && \
	mv origin.new origin && touch .fresh
$$($(2)_BUILD)/.origin: $$($(2)_BUILD)/$(4)
	$(call uki_say_line,UNPACK,$(1): $(or $(firstword $(6)),$(4)))
	$(Q)$$(UKI_UNPACK_$(1)) && touch $$@
# The sources are there once the stamp is: nothing else makes them.
$$($(2)_ORIGIN)/%: | $$($(2)_BUILD)/.origin ;
endef
uki_say_line = $(if $(filter 1,$(V)),,@printf '%8s%-8s%s\n' '' '$(1)' '$(2)')

# $(call patch,LIB,FOLDER,SUBFOLDER): no folder, no patches, nothing to do.
patch = $(if $(wildcard $(strip $(2))),$(call uki_patch,$(strip $(1)),$(call \
	uc,$(1)),$(strip $(2)),$(strip $(3))))
define uki_patch
$(2)_PREPARED := $$($(2)_BUILD)/.patched
UK_PREPARE-y += $$($(2)_BUILD)/.patched
$$($(2)_BUILD)/.patched: $$($(2)_BUILD)/.origin $(sort $(wildcard $(3)/*.patch))
	$(call uki_say_line,PATCH,$(1))
	$(Q)test -e $$(@D)/.fresh || { $$(UKI_UNPACK_$(1)); }
	$(Q)rm -f $$(@D)/.fresh
	$(Q)for p in $(sort $(wildcard $(3)/*.patch)); do \
		patch -s -N -d $$($(2)_ORIGIN)/$(4) -p1 <$$$$p || exit 1; done
	$(Q)touch $$@
endef
unarchive = $(error unarchive: use fetch or fetchas)
