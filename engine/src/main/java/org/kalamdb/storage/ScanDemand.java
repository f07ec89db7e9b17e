// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

/**
 * How much somebody wants of a scan. Immutable.
 *
 * @param rows how many of the first rows are surely enough, or {@link Long#MAX_VALUE} if nobody knows; a scan may answer
 *     more
 * @param isAlone whether nothing else is read with the same view, so that the scan may see a later moment than other reads
 *     would
 */
public record ScanDemand(long rows, boolean isAlone) {
    /** All rows, beside other reads. */
    public static final ScanDemand ALL_ROWS = new ScanDemand(Long.MAX_VALUE, false);

    /** All rows, and nothing else. */
    public static final ScanDemand ALL_ROWS_ALONE = new ScanDemand(Long.MAX_VALUE, true);

    /** As much, beside other reads. */
    public ScanDemand besideOthers() {
        return isAlone ? new ScanDemand(rows, false) : this;
    }
}
