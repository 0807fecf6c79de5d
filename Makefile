# SPDX-License-Identifier: BSD-3-Clause
# The door: goals a person types. What they do stands in support/build.
# make alone prints help; for an application outside the tree (A=) it builds.

UK_ROOT := $(patsubst %/,%,$(dir $(realpath $(lastword $(MAKEFILE_LIST)))))
.DEFAULT_GOAL := $(if $(A),all,help)
include $(UK_ROOT)/support/build/door.mk
include $(UK_ROOT)/tests/tests.mk
