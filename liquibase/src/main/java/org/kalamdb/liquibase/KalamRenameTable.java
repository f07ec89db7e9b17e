// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.sql.Sql;
import liquibase.sql.UnparsedSql;
import liquibase.sqlgenerator.SqlGeneratorChain;
import liquibase.sqlgenerator.core.RenameTableGenerator;
import liquibase.statement.core.RenameTableStatement;
import liquibase.structure.core.Table;

/** {@code ALTER TABLE .. RENAME TO}. Safe for use by several threads. */
public final class KalamRenameTable extends RenameTableGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamRenameTable() {}

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean supports(RenameTableStatement statement, Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Liquibase declares it
    public Sql[] generateSql(RenameTableStatement statement, Database database, SqlGeneratorChain chain) {
        String table = database.escapeTableName(
                statement.getCatalogName(), statement.getSchemaName(), statement.getOldTableName());
        String name = database.escapeObjectName(statement.getNewTableName(), Table.class);
        return new Sql[] {
            new UnparsedSql(
                    "ALTER TABLE " + table + " RENAME TO " + name,
                    getAffectedOldTable(statement),
                    getAffectedNewTable(statement))
        };
    }
}
