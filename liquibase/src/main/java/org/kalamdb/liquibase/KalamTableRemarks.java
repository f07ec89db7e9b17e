// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.sqlgenerator.core.SetTableRemarksGenerator;
import liquibase.statement.core.SetTableRemarksStatement;

/** {@code COMMENT ON TABLE}. Safe for use by several threads. */
public final class KalamTableRemarks extends SetTableRemarksGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamTableRemarks() {}

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean supports(SetTableRemarksStatement statement, Database database) {
        return database instanceof KalamDatabase;
    }
}
