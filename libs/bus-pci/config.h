/* SPDX-License-Identifier: BSD-3-Clause */
/* Offsets in configuration space. */
#pragma once

#define CFG_VENDOR 0x00
#define CFG_DEVICE 0x02
#define CFG_COMMAND 0x04
#define CFG_STATUS 0x06
#define CFG_REVISION 0x08
#define CFG_HEADER 0x0e
#define CFG_BAR 0x10
#define CFG_SECONDARY 0x19	/* of a bridge: the bus behind it */
#define CFG_SUBSYSTEM 0x2e
#define CFG_CAPABILITIES 0x34

#define COMMAND_MEMORY (1u << 1)
#define COMMAND_MASTER (1u << 2)
#define COMMAND_NO_LINE (1u << 10)
#define STATUS_LIST (1u << 4)

#define HEADER_KIND 0x7f	/* 0: a device, 1: a bridge */
#define HEADER_SEVERAL 0x80	/* functions */
