# SPDX-License-Identifier: BSD-3-Clause
UKALLOCHARD_T_SRCS := tests/unit/ukalloc/machine.c tests/unit/ukalloc/model.c \
	alloc/alloc/alloc.c alloc/alloc/heap.c \
	$(addprefix alloc/hard/,chacha.c class.c heap.c large.c ops.c random.c \
	slab.c small.c target.c)
UKALLOCHARD_T_CFLAGS = $(UKALLOC_T_CFLAGS) -Ialloc/hard -Ialloc/hard/include \
	-Icore/swrand/include -DCONFIG_LIBUKALLOC_DEFAULT_HARD=1
UKALLOCHARD_FULL := $(addprefix -DCONFIG_LIBUKALLOCHARD_,RANDOM=1 CANARY=1 \
	ZERO=1 CHECK=1 QUARANTINE=32)

UNIT_ukallochard_SRCS := tests/unit/ukallochard/test_hard.c \
	$(UKALLOCHARD_T_SRCS)
UNIT_ukallochard_CFLAGS = $(UKALLOCHARD_T_CFLAGS) $(UKALLOCHARD_FULL)
UNIT_ukallochard_LIBS = $(UKALLOC_T_LIBS)
UNIT_ukallochard_LIMIT := 120
UNITS += ukallochard

# The other variants, against the same model.
UNIT_ukallochard-light_SRCS := tests/unit/ukallochard/test_variant.c \
	$(UKALLOCHARD_T_SRCS)
UNIT_ukallochard-light_CFLAGS = $(UKALLOCHARD_T_CFLAGS) \
	$(addprefix -DCONFIG_LIBUKALLOCHARD_,CANARY=1 ZERO=1)
UNIT_ukallochard-light_LIBS = $(UKALLOC_T_LIBS)
UNITS += ukallochard-light

UNIT_ukallochard-sampled_SRCS := $(UNIT_ukallochard-light_SRCS)
UNIT_ukallochard-sampled_CFLAGS = $(UNIT_ukallochard-light_CFLAGS) \
	-DCONFIG_LIBUKALLOCHARD_SAMPLE=100
UNIT_ukallochard-sampled_LIBS = $(UKALLOC_T_LIBS)
UNITS += ukallochard-sampled

UNIT_ukallochard-bare_SRCS := $(UNIT_ukallochard-light_SRCS)
UNIT_ukallochard-bare_CFLAGS = $(UKALLOCHARD_T_CFLAGS)
UNIT_ukallochard-bare_LIBS = $(UKALLOC_T_LIBS)
UNITS += ukallochard-bare
