# SPDX-License-Identifier: BSD-3-Clause
HARDEN_HEAP_SCOPE := image
HARDEN_HEAP_TITLE := heap: hardened allocator
