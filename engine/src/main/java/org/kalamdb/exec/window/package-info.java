// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Window functions: rows that come sorted by partition and order are cut into partitions, each row is given its frame, and
 * functions are computed of it.
 */
@NullMarked
package org.kalamdb.exec.window;

import org.jspecify.annotations.NullMarked;
