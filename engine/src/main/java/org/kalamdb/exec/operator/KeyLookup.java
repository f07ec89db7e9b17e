// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.storage.ScanParts;

/**
 * Another way to the rows of a scan: by a key or an index, when a join has turned out to want few values of a column. Safe for
 * use by several threads.
 */
@FunctionalInterface
public interface KeyLookup {
    /** For rows that nothing but reading all of them leads to. */
    KeyLookup NONE = (values, segmentRowCount) -> null;

    /**
     * Opens a scan of the rows that have one of some values in each of some columns; others may come too.
     *
     * @param values by column of the scan's batches; internal values, none of them NULL or twice there
     * @param segmentRowCount how many rows of segments reading all of them would read
     * @return the scan, to be closed by the caller; null if no key or index leads to these rows, or if reading all rows is
     *     thought to cost less
     */
    @Nullable
    ScanParts open(Map<Integer, List<Object>> values, long segmentRowCount);
}
