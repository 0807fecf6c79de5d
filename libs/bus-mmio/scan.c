/* SPDX-License-Identifier: BSD-3-Clause */
/* Who says where a device is: the platform, and the command line. */
#include <stdbool.h>
#include <uk/errno.h>
#include <uk/init.h>
#include <uk/mmiobus.h>
#include <uk/param.h>
#include <uk/print.h>
#include <uk/vm.h>

#define LEAST 256
#define MOST 0x100000
#define TOLD 8

static struct ukplat_mmio told[TOLD] UK_RO_AFTER_INIT_ZERO;
static unsigned int n_told UK_RO_AFTER_INIT_ZERO;

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A number, in hex behind 0x; false: none, or too large. Inlined where *s is a
 * sum, a comparison with '0' may have the bytes of wrmsr (mitigation bytes). */
static UK_NOINLINE bool number(const char **s, uint64_t max, uint64_t *v)
{
	unsigned int base = 10;
	bool any = false;

	if ((*s)[0] == '0' && (*s)[1] == 'x') {
		base = 16;
		*s += 2;
	}
	for (*v = 0;; (*s)++, any = true) {
		int d = digit(**s);

		if (d < 0 || d >= (int)base)
			return any;
		if (*v > (max - (uint64_t)d) / base)
			return false;
		*v = *v * base + (uint64_t)d;
	}
}

static int set_device(const char *s, bool apply)
{
	uint64_t len, pa, irq;
	unsigned int shift;

	if (!number(&s, MOST, &len))
		return -EINVAL;
	shift = *s == 'K' ? 10 : *s == 'M' ? 20 : 0;
	s += shift ? 1 : 0;
	len <<= shift;
	if (*s++ != '@' || !number(&s, UINT64_MAX - MOST, &pa) ||
	    *s++ != ':' || !number(&s, UINT32_MAX - 1, &irq) || *s ||
	    len < LEAST || len > MOST)
		return -EINVAL;
	if (apply && n_told < TOLD)
		told[n_told++] = (struct ukplat_mmio){ pa, (uint32_t)len,
						       (uint32_t)irq };
	return 0;
}
UK_PARAM_PARSER(virtio_mmio, device, set_device, "SIZE@ADDRESS:LINE",
		"a virtio device in memory");

static int open_one(const struct ukplat_mmio *m,
		    int (*fn)(volatile void *regs, uint32_t len, uint32_t irq,
			      void *arg), void *arg)
{
	const struct uk_bootinfo *bi = uk_boot_info();
	void *va;
	int rc;

	if (!bi || m->len < LEAST || m->len > MOST ||
	    m->pa > UINT64_MAX - MOST ||
	    uk_bootinfo_is_memory(bi, m->pa, m->len)) {
		uk_pr_err("a device's registers would lie over memory: not "
			  "used\n");
		return 0;
	}
	rc = uk_vm_map_device("virtio", m->pa, m->len,
			      UK_MEM_R | UK_MEM_W | UK_MEM_DEVICE, &va);
	if (rc)
		return rc == -ENOMEM ? rc : 0;
	return fn(va, m->len, m->irq, arg);
}

int uk_mmio_scan(int (*fn)(volatile void *regs, uint32_t len, uint32_t irq,
			   void *arg), void *arg)
{
	struct ukplat_mmio m;
	unsigned int i;
	int rc = 0;

	for (i = 0; !rc && ukplat_mmio_device(i, &m) == 0; i++)
		rc = open_one(&m, fn, arg);
	for (i = 0; !rc && i < n_told; i++)
		rc = open_one(&told[i], fn, arg);
	return rc;
}
