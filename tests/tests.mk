# SPDX-License-Identifier: BSD-3-Clause
# Goals that test. Included by the Makefile; what they do is in support/run.
# ONLY= a pattern of names, JOBS= how many at once, TEST_V=1 a line a test,
# FUZZ_SECONDS= for each fuzzer, TEST_DIR= instead of build/test.

TEST_DIR ?= $(UK_ROOT)/build/test
export TEST_DIR FUZZ_SECONDS
UKT_ARGS = $(if $(JOBS),-j $(JOBS)) $(if $(ONLY),-s '$(ONLY)') \
	$(if $(filter-out 0,$(TEST_V)),-v)
UKT_RUN = @sh $(UK_ROOT)/support/run/tests.sh

.PHONY: test unit fuzz boot-test xen-test attack build-test check bench \
	style-report random attack-table suites
test:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	$(UKT_RUN) "unit fuzz boot xen attack build check" $(UKT_ARGS)
unit fuzz attack check:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	$(UKT_RUN) $@ $(UKT_ARGS)
boot-test build-test xen-test:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	$(UKT_RUN) $(@:-test=) $(UKT_ARGS)
# What others test their libraries with, where it takes minutes.
suites:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	$(UKT_RUN) $@ $(UKT_ARGS)
# Configurations that nobody thought of: N of them, from SEED on.
random:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	@sh $(UK_ROOT)/support/run/random.sh $(or $(N),20) $(or $(SEED),1) \
		$(UKT_ARGS)
# docs/attacks.md from what the last whole `make attack` wrote.
attack-table:
	@cd $(UK_ROOT) && mkdir -p $(TEST_DIR) && \
	 sh support/run/joblist.sh attack >$(TEST_DIR)/attacks && \
	 $(PYTHON) support/report/attacks.py $(TEST_DIR)/attacks \
		$(TEST_DIR)/../attack.json >$(TEST_DIR)/attacks.md && \
	 cp $(TEST_DIR)/attacks.md docs/attacks.md
# Figures, not tests: never part of `make test`.
bench:
	@sh $(UK_ROOT)/support/build/doctor.sh need test
	@sh $(UK_ROOT)/tests/perf/bench.sh $(ONLY)
style-report:
	@sh $(UK_ROOT)/support/check/style.sh report
