// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.flyway;

import java.sql.SQLException;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A table. Confined to one thread. */
final class KalamTable extends Table<KalamDatabase, KalamSchema> {
    KalamTable(JdbcTemplate jdbc, KalamDatabase database, KalamSchema schema, String name) {
        super(jdbc, database, schema, name);
    }

    @Override
    protected boolean doExists() throws SQLException {
        return exists(null, schema, name);
    }

    /** Tables cannot be locked; of two that migrate at once, one fails at the key of the history and can be run again. */
    @Override
    protected void doLock() {}

    @Override
    protected void doDrop() throws SQLException {
        jdbcTemplate.execute("DROP TABLE IF EXISTS " + database.quote(schema.getName(), name) + " CASCADE");
    }
}
