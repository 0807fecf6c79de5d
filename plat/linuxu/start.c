/* SPDX-License-Identifier: BSD-3-Clause */
/* From what the kernel left on the stack to core. */
#include <uk/arch/context.h>
#include <uk/arch/tls.h>
#include <uk/image.h>
#include <uk/plat.h>
#include <uk/str.h>
#include "linuxu.h"
#include "syscall.h"

#define AT_NULL		0
#define AT_RANDOM	25
#define AT_HWCAP2	26
#define AT_MINSIGSTKSZ	51
#define HWCAP2_FSGSBASE	(1ul << 1)
#define RANDOM_BYTES	16
#define FRAME_DEFAULT	4096

struct aux {
	unsigned long type, value;
};

void linuxu_start(uintptr_t *sp);

static struct uk_bootinfo info;
static size_t signal_frame UK_RO_AFTER_INIT_ZERO;

static uintptr_t fs_base_get(void)
{
	uintptr_t v = 0;

	sys2(SYS_ARCH_PRCTL, ARCH_GET_FS, &v);
	return v;
}

static void fs_base_set(uintptr_t v)
{
	sys2(SYS_ARCH_PRCTL, ARCH_SET_FS, v);
}

static void read_aux(const struct aux *a)
{
	signal_frame = FRAME_DEFAULT;
	for (; a->type != AT_NULL; a++) {
		if (a->type == AT_RANDOM) {
			memcpy(info.seed, (void *)a->value, RANDOM_BYTES);
			info.seed_len = RANDOM_BYTES;
		} else if (a->type == AT_HWCAP2) {
			ukarch_tls_use_fsgsbase(a->value & HWCAP2_FSGSBASE);
		} else if (a->type == AT_MINSIGSTKSZ) {
			signal_frame = UK_MAX(signal_frame, (size_t)a->value);
		}
	}
}

/* How much memory the environment asks for. */
static uint64_t memory_wanted(char *const *env)
{
	static const char name[] = "UK_MEM=";
	uint64_t bytes;

	for (; *env; env++) {
		if (strncmp(*env, name, sizeof(name) - 1))
			continue;
		bytes = linuxu_size_parse(*env + sizeof(name) - 1);
		if (!bytes)
			ukplat_boot_refuse("UK_MEM in the environment is no "
					   "size: write it like 64M", 0);
		return UK_ALIGN_DOWN(bytes, UK_PAGE_SIZE);
	}
	return LINUXU_MEM_DEFAULT;
}

static void read_args(char *const *argv, size_t argc)
{
	size_t first = argc ? 1 : 0;	/* the name of the program */
	long len = linuxu_args_join(argv + first, argc - first, info.cmdline,
				    sizeof(info.cmdline));

	if (len < 0)
		ukplat_boot_refuse("the arguments make a longer line than the "
				   "boot command line may be: shorten them",
				   UK_BOOTINFO_MAX_CMDLINE);
	info.cmdline_len = (size_t)len;
}

static void add_region(uint64_t base, uint64_t len, enum uk_region_kind kind)
{
	info.regions[info.n_regions++] = (struct uk_region){ base, len, kind };
}

void linuxu_start(uintptr_t *sp)
{
	size_t argc = sp[0];
	char *const *argv = (char *const *)(sp + 1);
	char *const *env = argv + argc + 1, *const *p = env;
	uint64_t mem;

	while (*p)
		p++;
	ukarch_tls_set_fallback(fs_base_get, fs_base_set);
	read_aux((const struct aux *)(p + 1));
	ukarch_fpu_init();
	linuxu_signal_init();
	info.protocol = "linux";
	read_args(argv, argc);
	mem = memory_wanted(env);
	linuxu_ram_init(mem);
	if (mem)
		add_region(LINUXU_RAM_PA, mem, UK_REGION_RAM);
	info.image_pa = LINUXU_IMAGE_PA;
	add_region(info.image_pa, (uint64_t)(uk_image_end - uk_image_start),
		   UK_REGION_RESERVED);
	uk_boot_entry(&info);
}

int ukplat_init(const struct uk_bootinfo *bi UK_UNUSED)
{
	int rc = linuxu_signal_stack(signal_frame);

	if (!rc)
		ukplat_irq_enable();
	return rc;
}
