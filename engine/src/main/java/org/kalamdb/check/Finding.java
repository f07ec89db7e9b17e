// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.check;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.schema.TableId;
import org.kalamdb.storage.Fault;

/**
 * What a check has found. Immutable.
 *
 * @param table whose data it is, or null if it belongs to no table or to several
 */
public record Finding(@Nullable TableId table, Fault fault) {
    public Finding {
        requireNonNull(fault, "fault is null");
    }
}
