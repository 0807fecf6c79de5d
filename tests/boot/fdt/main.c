/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The port of libfdt does its work inside an image: writes a tree, reads it
 * back, and refuses a damaged one.
 */
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

static unsigned char blob[4096];

#define CHECK(cond)							\
	do {								\
		if (!(cond)) {						\
			printf("failed: %s\n", #cond);			\
			return 1;					\
		}							\
	} while (0)

static int write_tree(void)
{
	CHECK(fdt_create(blob, sizeof(blob)) == 0);
	CHECK(fdt_finish_reservemap(blob) == 0);
	CHECK(fdt_begin_node(blob, "") == 0);
	CHECK(fdt_property_string(blob, "compatible", "redoubt,test") == 0);
	CHECK(fdt_begin_node(blob, "memory@40000000") == 0);
	CHECK(fdt_property_u64(blob, "reg", 0x40000000) == 0);
	CHECK(fdt_end_node(blob) == 0);
	CHECK(fdt_end_node(blob) == 0);
	CHECK(fdt_finish(blob) == 0);
	return 0;
}

static int read_tree(void)
{
	const fdt64_t *reg;
	int node, len;

	CHECK(fdt_check_full(blob, sizeof(blob)) == 0);
	CHECK(fdt_node_check_compatible(blob, 0, "redoubt,test") == 0);
	node = fdt_path_offset(blob, "/memory@40000000");
	CHECK(node > 0);
	reg = fdt_getprop(blob, node, "reg", &len);
	CHECK(reg && len == 8 && fdt64_ld(reg) == 0x40000000);
	CHECK(fdt_path_offset(blob, "/nothing") == -FDT_ERR_NOTFOUND);
	CHECK(fdt_setprop_string(blob, node, "status", "a longer value") < 0);
	return 0;
}

int main(void)
{
	if (write_tree() || read_tree())
		return 1;
	blob[0] ^= 0xff;
	CHECK(fdt_check_header(blob) == -FDT_ERR_BADMAGIC);
	printf("fdt: %s\n", fdt_strerror(-FDT_ERR_BADMAGIC));
	return 0;
}
