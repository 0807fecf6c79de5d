# SPDX-License-Identifier: BSD-3-Clause
# What `make run` needs (support/run/app): a way in.
# shellcheck shell=sh
daytime=$(port 8013)
guest -N "tcp:$daytime:13"
say "ask it: curl -s telnet://127.0.0.1:$daytime"
