# SPDX-License-Identifier: BSD-3-Clause
UNIT_uklock_SRCS = tests/unit/uklock/test_lock.c sched/lock/condvar.c \
	sched/lock/mutex.c sched/lock/semaphore.c $(UKSCHED_T_SRCS)
UNIT_uklock_CFLAGS = -Isched/lock/include $(UKSCHED_T_CFLAGS)
UNIT_uklock_LIBS = $(UKSCHED_T_LIBS)
UNITS += uklock
