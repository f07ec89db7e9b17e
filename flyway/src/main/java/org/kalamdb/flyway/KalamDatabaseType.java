// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.flyway;

import java.sql.Connection;
import java.sql.Types;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/** Tells Flyway which URLs are ours and what stands behind them. Safe for use by several threads. */
public final class KalamDatabaseType extends BaseDatabaseType {
    private static final String PRODUCT = "KalamDB";

    /** Called by Flyway, which finds the class as a service. */
    public KalamDatabaseType() {}

    @Override
    public String getName() {
        return PRODUCT;
    }

    @Override
    public int getNullType() {
        return Types.NULL;
    }

    @Override
    public boolean handlesJDBCUrl(String url) {
        return url.startsWith("jdbc:kalamdb:");
    }

    @Override
    public String getDriverClass(String url, ClassLoader classLoader) {
        return "org.kalamdb.jdbc.KalamDriver";
    }

    /** @param product the name, and the version behind it */
    @Override
    public boolean handlesDatabaseProductNameAndVersion(String product, String version, Connection connection) {
        return product.startsWith(PRODUCT + " ");
    }

    @Override
    public KalamDatabase createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        return new KalamDatabase(configuration, connections, interceptor);
    }

    @Override
    public Parser createParser(Configuration configuration, ResourceProvider resources, ParsingContext context) {
        return new KalamParser(configuration, context);
    }
}
