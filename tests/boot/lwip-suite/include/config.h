/* SPDX-License-Identifier: BSD-3-Clause */
/* lwIP's tests include one; it has nothing to say. */
