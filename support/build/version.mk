# SPDX-License-Identifier: BSD-3-Clause
UK_FULLVERSION := 0.1.0
