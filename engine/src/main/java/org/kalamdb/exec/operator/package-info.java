// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Operators that pass batches of lanes to each other: each is asked for its next batch by the one above it. Nothing here
 * generates code.
 */
@NullMarked
package org.kalamdb.exec.operator;

import org.jspecify.annotations.NullMarked;
