/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cancelling a thread. There is no signal that could stop it where it is: it
 * looks whenever it enters a call that it may be cancelled in, and when one
 * that it waited in was interrupted.
 */
#include "pthread_impl.h"
#include "musl.h"

hidden int musl_cancelling;

/* What happens to the calling thread, for which somebody has asked. */
static long act(struct __pthread *self, long ret)
{
	if (self->canceldisable == PTHREAD_CANCEL_DISABLE)
		return ret;
	if (self->canceldisable == PTHREAD_CANCEL_ENABLE || self->cancelasync)
		pthread_exit(PTHREAD_CANCELED);
	/* Masked: the call fails, once. */
	self->canceldisable = PTHREAD_CANCEL_DISABLE;
	return -ECANCELED;
}

long musl_cancelled(long n, long ret)
{
	struct __pthread *self = __pthread_self();

	/* close() has closed when it is interrupted. */
	if (!self->cancel || (n == SYS_close && ret))
		return ret;
	return act(self, ret);
}

void __testcancel(void)
{
	struct __pthread *self = __pthread_self();

	if (self->cancel && !self->canceldisable)
		act(self, 0);
}

int pthread_cancel(pthread_t t)
{
	musl_cancelling = 1;
	a_store(&t->cancel, 1);
	if (t != __pthread_self())
		return pthread_kill(t, SIGCANCEL);
	if (t->canceldisable == PTHREAD_CANCEL_ENABLE && t->cancelasync)
		pthread_exit(PTHREAD_CANCELED);
	return 0;
}
