// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.dml;

import java.util.List;

/**
 * What references to a row hold. Immutable.
 *
 * @param user whose row it is; empty where the referenced rows do not belong to users
 * @param values stored values of the referenced columns, in the order of the foreign key; none is NULL
 */
record ReferencedKey(String user, List<Object> values) {
    ReferencedKey {
        values = List.copyOf(values);
    }
}
