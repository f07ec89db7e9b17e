// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import liquibase.database.Database;
import liquibase.sql.Sql;
import liquibase.sql.UnparsedSql;
import liquibase.sqlgenerator.SqlGeneratorChain;
import liquibase.sqlgenerator.core.InsertGenerator;
import liquibase.sqlgenerator.core.InsertOrUpdateGenerator;
import liquibase.statement.core.InsertOrUpdateStatement;
import liquibase.structure.core.Column;

/** {@code INSERT .. ON CONFLICT}, for {@code loadUpdateData}. Safe for use by several threads. */
public final class KalamInsertOrUpdate extends InsertOrUpdateGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamInsertOrUpdate() {}

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean supports(InsertOrUpdateStatement statement, Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Liquibase declares it
    public Sql[] generateSql(InsertOrUpdateStatement statement, Database database, SqlGeneratorChain chain) {
        if (Boolean.TRUE.equals(statement.getOnlyUpdate())) {
            return super.generateSql(statement, database, chain);
        }
        Sql insert = new InsertGenerator().generateSql(statement, database, chain)[0];
        return new Sql[] {new UnparsedSql(insert.toSql() + onConflict(statement, database), getAffectedTable(statement))
        };
    }

    private static String onConflict(InsertOrUpdateStatement statement, Database database) {
        List<String> key = List.of(statement.getPrimaryKey().split(" *, *"));
        List<String> changes = new ArrayList<>();
        for (String column : statement.getColumnValues().keySet()) {
            if (!key.contains(column) && statement.getAllowColumnUpdate(column)) {
                String name = database.escapeObjectName(column, Column.class);
                changes.add(name + " = EXCLUDED." + name);
            }
        }
        return key.stream()
                        .map(column -> database.escapeObjectName(column, Column.class))
                        .collect(Collectors.joining(", ", " ON CONFLICT (", ")"))
                + (changes.isEmpty() ? " DO NOTHING" : " DO UPDATE SET " + String.join(", ", changes));
    }

    /** Nothing: one statement does it all. */
    @Override
    protected String getRecordCheck(InsertOrUpdateStatement statement, Database database, String condition) {
        return "";
    }

    /** Nothing: one statement does it all. */
    @Override
    protected String getElse(Database database) {
        return "";
    }
}
