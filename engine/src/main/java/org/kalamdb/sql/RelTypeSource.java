// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.kalamdb.type.KalamDataType;

/** Knows how Calcite represents our types; the planner's type factory implements it. */
public interface RelTypeSource {
    /** The not-null representation of {@code type}. */
    RelDataType relType(KalamDataType type);
}
