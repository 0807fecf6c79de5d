/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of nvdimms, for "acpi.h": memory that is a file of the host's. */
#pragma once

#include "acpi.h"
#include "fadt.h"

/* Take the ranges of persistent memory from a checked "NFIT" table. */
void nfit_decode(const struct acpi_header *h, struct acpi_facts *out);
