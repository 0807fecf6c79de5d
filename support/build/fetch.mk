# SPDX-License-Identifier: BSD-3-Clause
# Fetched sources: see support/build/fetch.sh for where they come from.
