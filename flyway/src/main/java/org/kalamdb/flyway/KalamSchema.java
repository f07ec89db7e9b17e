// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.flyway;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A namespace. Confined to one thread. */
final class KalamSchema extends Schema<KalamDatabase, KalamTable> {
    KalamSchema(JdbcTemplate jdbc, KalamDatabase database, String name) {
        super(jdbc, database, name);
    }

    @Override
    protected boolean doExists() throws SQLException {
        return jdbcTemplate.queryForInt("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?", name)
                > 0;
    }

    @Override
    protected boolean doEmpty() throws SQLException {
        return names("BASE TABLE").isEmpty() && names("VIEW").isEmpty();
    }

    @Override
    protected void doCreate() throws SQLException {
        jdbcTemplate.execute("CREATE NAMESPACE " + database.quote(name));
    }

    @Override
    protected void doDrop() throws SQLException {
        doClean();
        jdbcTemplate.execute("DROP NAMESPACE " + database.quote(name));
    }

    @Override
    protected void doClean() throws SQLException {
        for (String view : names("VIEW")) {
            jdbcTemplate.execute("DROP VIEW IF EXISTS " + database.quote(name, view) + " CASCADE");
        }
        for (KalamTable table : doAllTables()) {
            table.drop();
        }
    }

    @Override
    protected KalamTable[] doAllTables() throws SQLException {
        return names("BASE TABLE").stream()
                .map(table -> new KalamTable(jdbcTemplate, database, this, table))
                .toArray(KalamTable[]::new);
    }

    /** @param type of information_schema */
    private List<String> names(String type) throws SQLException {
        return jdbcTemplate.queryForStringList(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = ?",
                name,
                type);
    }

    @Override
    public KalamTable getTable(String table) {
        return new KalamTable(jdbcTemplate, database, this, table);
    }
}
