// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

/** One column of an order. Immutable. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
