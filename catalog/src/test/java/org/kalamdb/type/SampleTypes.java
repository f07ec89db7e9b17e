// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.ArrayList;
import java.util.List;

/** Types of every kind, those with parameters with many of them. */
final class SampleTypes {
    private SampleTypes() {}

    static List<KalamDataType> all() {
        List<KalamDataType> types = new ArrayList<>(List.of(ScalarType.values()));
        for (int dimension : new int[] {1, 3, 384, 768, 1536, 3072, 8192}) {
            types.add(KalamDataType.embedding(dimension));
        }
        for (int precision = 1; precision <= DecimalType.MAX_PRECISION; precision++) {
            types.add(KalamDataType.decimal(precision, 0));
            types.add(KalamDataType.decimal(precision, precision / 2));
            types.add(KalamDataType.decimal(precision, precision));
        }
        return types;
    }
}
