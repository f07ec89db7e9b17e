// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.backup;

/**
 * What a backup has written. Immutable.
 *
 * @param tables number of tables in it
 * @param sizeInBytes size of all its files, those included that share their place on the device with the database
 */
public record BackupSummary(int tables, long sizeInBytes) {}
