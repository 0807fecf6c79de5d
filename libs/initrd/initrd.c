/* SPDX-License-Identifier: BSD-3-Clause */
#include <uk/errno.h>
#include <uk/essentials.h>
#include <uk/init.h>
#include <uk/initrd.h>
#include <uk/print.h>
#include <uk/str.h>
#include <uk/vm.h>

static const void *archive UK_RO_AFTER_INIT_ZERO;
static size_t archive_len UK_RO_AFTER_INIT_ZERO;

const void *uk_initrd(size_t *len)
{
	*len = archive_len;
	return archive;
}

int uk_initrd_find(const char *name, struct uk_initrd_file *f)
{
	size_t at = 0;
	int rc;

	if (!archive)
		return -ENODEV;
	while ((rc = uk_cpio_next(archive, archive_len, &at, f)) == 0)
		if (UK_INITRD_TYPE(f->mode) == UK_INITRD_REGULAR &&
		    strcmp(f->name, name) == 0)
			return 0;
	return rc;
}

/* One file: a second one is not looked for. */
static int map(void)
{
	const struct uk_bootinfo *bi = uk_boot_info();
	const struct uk_region *r = bi->regions;
	const struct uk_region *end = r + bi->n_regions;
	void *va;
	int rc;

	while (r < end && r->kind != UK_REGION_INITRD)
		r++;
	if (r == end)
		return 0;
	rc = uk_vm_map_device("initrd", r->base, r->len, UK_MEM_R, &va);
	if (rc) {
		uk_pr_err("the initrd cannot be mapped (error %d)\n", -rc);
		return 0;
	}
	archive = va;
	archive_len = r->len;
	return 0;
}
uk_dev_initcall(map);
