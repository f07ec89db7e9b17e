// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What becomes of Java values in SQL types and the other way round, pair by pair. */
@NullMarked
package org.kalamdb.tck.conversion;

import org.jspecify.annotations.NullMarked;
