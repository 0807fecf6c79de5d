/* SPDX-License-Identifier: BSD-3-Clause */
/* The options that lwIP's tests are written for, and what the port adds. */
#pragma once

#include_next <lwipopts.h>
/* The tests count on headers that include these. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/lwip-table.h>

#define LWIP_ERRNO_STDINCLUDE 1
#define LWIP_CHKSUM uk_lwip_checksum
/* No hook for sequence numbers: the tests know the first one. */
