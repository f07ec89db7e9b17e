// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.sqlgenerator.core.SetColumnRemarksGenerator;
import liquibase.statement.core.SetColumnRemarksStatement;

/** {@code COMMENT ON COLUMN}. Safe for use by several threads. */
public final class KalamColumnRemarks extends SetColumnRemarksGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamColumnRemarks() {}

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean supports(SetColumnRemarksStatement statement, Database database) {
        return database instanceof KalamDatabase;
    }
}
