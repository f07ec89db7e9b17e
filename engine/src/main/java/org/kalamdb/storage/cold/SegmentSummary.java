// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.util.List;

/**
 * What is known of a segment without opening its file. Immutable; the arrays must not be changed.
 *
 * @param sizeInBytes length of the file
 * @param checksum CRC-32C of the whole file
 * @param footerChecksum CRC-32C of the file's end, from the footer on
 * @param rowCount number of rows, at least 1
 * @param minKey row key of the first row
 * @param maxKey row key of the last row
 * @param columns statistics of each column, in file order
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; copies would double the manifest on the heap.
public record SegmentSummary(
        long sizeInBytes,
        int checksum,
        int footerChecksum,
        int rowCount,
        byte[] minKey,
        byte[] maxKey,
        List<ColumnSummary> columns) {
    public SegmentSummary {
        columns = List.copyOf(columns);
    }
}
