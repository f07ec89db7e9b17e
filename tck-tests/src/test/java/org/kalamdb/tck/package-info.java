// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What an application sees of the database through {@code java.sql}. */
@NullMarked
package org.kalamdb.tck;

import org.jspecify.annotations.NullMarked;
