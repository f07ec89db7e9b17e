// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.Map;
import java.util.Set;
import org.kalamdb.file.FileSet;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.ViewDefinition;

/** What a plan was made from. Safe for use by several threads. */
final class PlanInputs {
    static final PlanInputs NONE = new PlanInputs(Set.of(), Set.of(), Set.of(), Map.of());

    /** No catalog has it. */
    private static final long NEVER = 0;

    private final Set<TableDefinition> tables;
    private final Set<ViewDefinition> views;
    private final Set<FileSet> files;
    private final Map<TableDefinition, Double> rowCounts;
    private volatile long foundCurrentAt = NEVER;

    /**
     * @param tables their definitions
     * @param views their definitions
     * @param files as they were
     * @param rowCounts the estimates that the order of joins rests on; empty where there is nothing to choose
     */
    PlanInputs(
            Set<TableDefinition> tables,
            Set<ViewDefinition> views,
            Set<FileSet> files,
            Map<TableDefinition, Double> rowCounts) {
        this.tables = tables;
        this.views = views;
        this.files = files;
        this.rowCounts = rowCounts;
    }

    Set<TableDefinition> tables() {
        return tables;
    }

    Set<ViewDefinition> views() {
        return views;
    }

    Set<FileSet> files() {
        return files;
    }

    Map<TableDefinition, Double> rowCounts() {
        return rowCounts;
    }

    /** Whether {@link #foundCurrentAt} has been told of this version. @param catalogVersion of the catalog */
    boolean isKnownAt(long catalogVersion) {
        return foundCurrentAt == catalogVersion;
    }

    /** The definitions are those of the catalog. @param catalogVersion which it had before it was asked */
    void foundCurrentAt(long catalogVersion) {
        foundCurrentAt = catalogVersion;
    }
}
