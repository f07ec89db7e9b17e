// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Immutable definitions of tables, columns, views and namespaces. */
@NullMarked
package org.kalamdb.schema;

import org.jspecify.annotations.NullMarked;
