/* SPDX-License-Identifier: BSD-3-Clause */
/* Files are copied: what is written to one later is not seen in the other. */
#include <uk/fdtab.h>
#include <uk/vm.h>
#include "piece.h"

/* All that there is from pos on; the rest stays zero. */
static long fill(struct uk_file *f, void *base, size_t len, int64_t pos)
{
	struct uk_iter it;
	long n;

	for (size_t done = 0; done < len; done += (size_t)n) {
		const struct uk_iovec v = { (char *)base + done, len - done };

		/* At most 2 GiB of it. */
		uk_iter_init(&it, &v, 1);
		n = uk_file_read(f, &it, &pos);
		if (n <= 0)
			return n;
	}
	return 0;
}

static long copy(struct uk_file *f, size_t len, unsigned int rights,
		 int64_t offset)
{
	long va = map_new(len, UK_MEM_R | UK_MEM_W), rc;

	if (va < 0)
		return va;
	rc = fill(f, (void *)va, len, offset);
	if (!rc && uk_vm_protect((void *)va, len, rights))
		rc = -EACCES;
	if (rc)
		map_drop((uintptr_t)va, (uintptr_t)va + len);
	return rc ? rc : va;
}

long map_file(size_t len, unsigned int rights, bool shared, int fd,
	      int64_t offset)
{
	struct uk_file *f = uk_fd_get(fd);
	long rc;

	if (!f)
		return -EBADF;
	if (offset < 0 || !UK_IS_ALIGNED(offset, UK_PAGE_SIZE))
		rc = -EINVAL;
	else if (!f->ops->size || (shared && rights & UK_MEM_W))
		rc = -ENODEV;
	else
		rc = copy(f, len, rights, offset);
	uk_file_put(f);
	return rc;
}
