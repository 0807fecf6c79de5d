# SPDX-License-Identifier: BSD-3-Clause
# What `make run` needs (support/run/app): a network, whose router answers.
# shellcheck shell=sh
guest -N user
say "try:    make run APP=ping ARGS='-c 3 10.0.2.2'"
