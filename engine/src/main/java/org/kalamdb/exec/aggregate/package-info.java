// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Aggregation: what computes one value of many rows, and the table of groups that rows are aggregated in. */
@NullMarked
package org.kalamdb.exec.aggregate;

import org.jspecify.annotations.NullMarked;
