// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Definitions turned into the rows that DESCRIBE, SHOW, information_schema and DatabaseMetaData show. */
@NullMarked
package org.kalamdb.introspection;

import org.jspecify.annotations.NullMarked;
