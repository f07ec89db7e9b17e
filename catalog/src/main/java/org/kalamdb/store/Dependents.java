// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.Map;
import java.util.Set;
import org.kalamdb.schema.TableId;

/**
 * What goes along with what it depends on. Immutable.
 *
 * @param foreignKeys by table the names of its foreign keys
 * @param views views to remove
 */
public record Dependents(Map<TableId, Set<String>> foreignKeys, Set<TableId> views) {
    /** Nothing. */
    public static final Dependents NONE = new Dependents(Map.of(), Set.of());

    public Dependents {
        foreignKeys = Map.copyOf(foreignKeys);
        views = Set.copyOf(views);
    }
}
