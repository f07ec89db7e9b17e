// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.columnar;

import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.kalamdb.exec.operator.SortKey;

/** The keys of columnar sorts. */
final class SortKeys {
    private SortKeys() {}

    static List<SortKey> of(List<RelFieldCollation> keys) {
        return keys.stream()
                .map(key -> new SortKey(
                        key.getFieldIndex(),
                        key.getDirection().isDescending(),
                        key.nullDirection == RelFieldCollation.NullDirection.FIRST))
                .toList();
    }
}
