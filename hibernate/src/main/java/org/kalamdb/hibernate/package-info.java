// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The dialect of Hibernate ORM, which finds it by itself. */
@NullMarked
package org.kalamdb.hibernate;

import org.jspecify.annotations.NullMarked;
