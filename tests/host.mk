# SPDX-License-Identifier: BSD-3-Clause
# What tests need on the host: the runner, unit tests, fuzzers. Run from the
# root of the tree, by tests.mk and by the jobs themselves:
#	make -f tests/host.mk TEST_DIR=... runner | unit/NAME | fuzz/NAME | list

MAKEFLAGS += -rR --no-print-directory
TEST_DIR ?= build/test
CCACHE ?= $(shell command -v ccache)
HOSTCC ?= gcc
FUZZCC ?= clang-19
FUZZ_SECONDS ?= 2
.DELETE_ON_ERROR:
.SECONDARY:

UNITS :=
FUZZERS :=
include $(sort $(wildcard tests/unit/*/unit.mk tests/fuzz/*/fuzz.mk))

T_FLAGS := -std=gnu17 -g -O1 -Wall -Wextra -Werror -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-D__LIBNAME__='"test"'
# Without a configuration nothing is on; a test's own <uk/config.h> wins.
T_LAST := -I$(TEST_DIR)/include

.PHONY: runner list
runner: $(TEST_DIR)/testrun
T_RUNNER := $(wildcard support/run/testrun/*.c)
$(TEST_DIR)/testrun: $(T_RUNNER) support/run/testrun/job.h
	@mkdir -p $(@D)
	@$(HOSTCC) -std=gnu17 -O2 -Wall -Wextra -Wmissing-prototypes -Werror \
		-o $@.new $(T_RUNNER) -lm && mv $@.new $@

# Names and limits, for the list of jobs
list:
	$(foreach u,$(UNITS),$(info unit $(u) $(or $(UNIT_$(u)_LIMIT),60)))
	$(foreach f,$(FUZZERS),$(info fuzz $(f) $(or $(FUZZ_$(f)_LIMIT),60)))
	@:

# t_program KIND,name,prefix of its variables,compiler,flags,libraries
t_object = $(TEST_DIR)/$(1)/$(2)/$(subst /,+,$(basename $(3))).o
define t_program
.PHONY: $(1)/$(2)
$(1)/$(2): $(TEST_DIR)/$(1)/$(2)/test
$(TEST_DIR)/$(1)/$(2)/test: $(foreach s,$($(3)_SRCS),$(call \
		t_object,$(1),$(2),$(s))) $$(MAKEFILE_LIST)
	@$(4) $(5) -o $$@.new $$(filter %.o,$$^) $(6) $($(3)_LIBS) && \
		mv $$@.new $$@
$(foreach s,$($(3)_SRCS),$(eval $(call \
	t_compile,$(call t_object,$(1),$(2),$(s)),$(s),$(4) $(5) \
	-D__BASENAME__='"$(notdir $(s))"' $($(3)_CFLAGS) $(T_LAST))))
endef
define t_compile
$(1): $(2) $$(MAKEFILE_LIST) | $(TEST_DIR)/include/uk/config.h
	@mkdir -p $$(@D)
	@$(3) -MMD -MP -MF $$@.d -c $(2) -o $$@
-include $(1).d
endef
$(TEST_DIR)/include/uk/config.h:
	@mkdir -p $(@D) && : >$@

$(foreach u,$(UNITS),$(eval $(call t_program,unit,$(u),UNIT_$(u),$(CCACHE) \
	$(HOSTCC),$(T_FLAGS),-lcmocka)))
$(foreach f,$(FUZZERS),$(eval $(call t_program,fuzz,$(f),FUZZ_$(f),$(CCACHE) \
	$(FUZZCC),$(T_FLAGS) -fsanitize=fuzzer)))

# Replays the seeds, then looks for more; what it finds stays out of the tree.
# The exit status 77 that libFuzzer would use means skipped here.
run-fuzz-%: fuzz/%
	@mkdir -p $(TEST_DIR)/fuzz/$*/found
	@$(TEST_DIR)/fuzz/$*/test -error_exitcode=1 -timeout=10 \
		-rss_limit_mb=1024 -print_final_stats=1 \
		-max_total_time=$(FUZZ_SECONDS) \
		-artifact_prefix=$(TEST_DIR)/fuzz/$*/ $(FUZZ_$*_ARGS) \
		$(TEST_DIR)/fuzz/$*/found \
		$(wildcard tests/fuzz/$*/corpus)
