// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

/**
 * What was taken over from a backup. Immutable.
 *
 * @param tables number of tables
 * @param rows number of rows in them
 */
public record RestoreSummary(int tables, long rows) {}
