/* SPDX-License-Identifier: BSD-3-Clause */
/* What is mapped already: rights, and advice. */
#include <uk/plat.h>
#include <uk/str.h>
#include <uk/syscall.h>
#include <uk/vm.h>
#include "piece.h"
#include "rights.h"

enum { PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
#define MADV_DONTNEED 4

int mmap_rights(int prot, unsigned int *rights)
{
	if (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC))
		return -EINVAL;
	if (prot & PROT_WRITE && prot & PROT_EXEC)
		return -EACCES;
	*rights = (prot ? UK_MEM_R : 0) | (prot & PROT_WRITE ? UK_MEM_W : 0) |
		  (prot & PROT_EXEC ? UK_MEM_X : 0);
	return 0;
}

/* 0: [start, start + *len) is all there, *len in whole pages. */
static int check(uintptr_t start, size_t *len)
{
	if (!UK_IS_ALIGNED(start, UK_PAGE_SIZE))
		return -EINVAL;
	*len = UK_ALIGN_UP(*len, UK_PAGE_SIZE);
	if (start + *len < start || !piece_covers(start, start + *len))
		return -ENOMEM;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, mprotect, void *, addr, size_t, len, int, prot)
{
	unsigned int rights;
	int rc = check((uintptr_t)addr, &len);

	if (!rc)
		rc = mmap_rights(prot, &rights);
	if (rc || !len)
		return rc;
	rc = uk_vm_protect(addr, len, rights);
	return rc == -EPERM ? -EACCES : rc;
}

/* Contents that are not needed are zero when they are looked at again. */
UK_SYSCALL_R_DEFINE(int, madvise, void *, addr, size_t, len, int, advice)
{
	uintptr_t va = (uintptr_t)addr;
	int rc = check(va, &len);
	struct uk_vm_range r;
	uintptr_t to;

	if (rc || advice != MADV_DONTNEED)
		return rc;
	for (uintptr_t end = va + len; va < end; va = to) {
		if (uk_vm_find(va, &r))
			return -ENOMEM;
		to = UK_MIN(end, r.va + r.len);
		if (r.rights & UK_MEM_W)
			memset((void *)va, 0, to - va);
	}
	return 0;
}

/* There is no break to move: it is, and stays, nowhere. */
UK_SYSCALL_R_DEFINE(long, brk, long, to)
{
	(void)to;
	return 0;
}

/* Nothing is ever written out, to a file or to swap. */
UK_SYSCALL_R_DEFINE(int, msync, void *, addr, size_t, len, int, flags)
{
	(void)flags;
	return check((uintptr_t)addr, &len);
}

UK_SYSCALL_R_DEFINE(int, mlock, const void *, addr, size_t, len)
{
	(void)addr, (void)len;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, munlock, const void *, addr, size_t, len)
{
	(void)addr, (void)len;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, mlockall, int, flags)
{
	(void)flags;
	return 0;
}

UK_SYSCALL_R_DEFINE(int, munlockall)
{
	return 0;
}
