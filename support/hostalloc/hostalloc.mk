# SPDX-License-Identifier: BSD-3-Clause
# make host-alloc: ukallochard as a library for LD_PRELOAD, from the sources
# of images, in each variant and in whatever mixture HOSTALLOC_X names:
#
#   make host-alloc HOSTALLOC_mine='RANDOM=1 CANARY=1'
#
# gives build/hostalloc/libukallochard-mine.so.
HOSTALLOC_full := RANDOM=1 CANARY=1 ZERO=1 CHECK=1 QUARANTINE=32
HOSTALLOC_light := CANARY=1 ZERO=1
HOSTALLOC_sampled := $(HOSTALLOC_light) SAMPLE=5000

HOSTCC ?= gcc
OUT ?= $(UK_ROOT)/build/hostalloc
HARD := $(UK_ROOT)/alloc/hard
SRCS := $(addprefix $(HARD)/,chacha.c class.c heap.c large.c random.c slab.c \
	small.c) $(addprefix $(UK_ROOT)/support/hostalloc/,malloc.c os.c)
# Calls of malloc and memset are not to be turned into calloc: that is us.
CFLAGS := -std=gnu17 -O2 -flto -Wall -Wextra -Werror -fPIC -shared \
	-fvisibility=hidden -fno-builtin-malloc -fno-plt -pthread
KINDS := $(patsubst HOSTALLOC_%,%,$(filter HOSTALLOC_%,$(.VARIABLES)))

all: $(KINDS:%=$(OUT)/libukallochard-%.so)
$(OUT)/libukallochard-%.so: $(SRCS) $(wildcard $(HARD)/*.h) \
		$(lastword $(MAKEFILE_LIST)) | $(OUT)/include/uk/config.h
	@$(HOSTCC) $(CFLAGS) -I$(OUT)/include -I$(UK_ROOT)/core/base/include \
		-I$(HARD) $(HOSTALLOC_$*:%=-DCONFIG_LIBUKALLOCHARD_%) \
		$(SRCS) -o $@.new && mv $@.new $@ && echo $@
# Options come from the command line, not from an image's configuration.
$(OUT)/include/uk/config.h:
	@mkdir -p $(@D) && : >$@
