// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import liquibase.CatalogAndSchema.CatalogAndSchemaCase;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.Database;
import liquibase.database.DatabaseConnection;
import liquibase.database.ObjectQuotingStrategy;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.snapshot.SnapshotGenerator;
import liquibase.statement.DatabaseFunction;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/** KalamDB as Liquibase sees it. Confined to one thread. */
public final class KalamDatabase extends AbstractJdbcDatabase {
    static final String PRODUCT = "KalamDB";

    private static final int FRACTIONAL_DIGITS = 6;
    /** Columns of its own tables, which Liquibase writes in upper case also where they are quoted. */
    private static final Set<String> COLUMNS_OF_LIQUIBASE = Set.of(
            "ID",
            "AUTHOR",
            "FILENAME",
            "DATEEXECUTED",
            "ORDEREXECUTED",
            "EXECTYPE",
            "MD5SUM",
            "DESCRIPTION",
            "COMMENTS",
            "TAG",
            "LIQUIBASE",
            "CONTEXTS",
            "LABELS",
            "DEPLOYMENT_ID",
            "LOCKED",
            "LOCKGRANTED",
            "LOCKEDBY");

    private static final Set<String> SYSTEM_NAMESPACES = Set.of("system", "information_schema");

    /** Called by Liquibase, which finds the class as a service. */
    public KalamDatabase() {
        unquotedObjectsAreUppercased = false;
        sequenceNextValueFunction = "NEXT VALUE FOR %s";
        setCurrentDateTimeFunction("NOW()");
        for (String name :
                List.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP")) {
            dateFunctions.add(new DatabaseFunction(name));
        }
    }

    @Override
    public String getShortName() {
        return "kalamdb";
    }

    @Override
    protected String getDefaultDatabaseProductName() {
        return PRODUCT;
    }

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean isCorrectDatabaseImplementation(DatabaseConnection connection) throws DatabaseException {
        return PRODUCT.equals(connection.getDatabaseProductName());
    }

    @Override
    public @Nullable String getDefaultDriver(String url) {
        return url.startsWith("jdbc:kalamdb:") ? "org.kalamdb.jdbc.KalamDriver" : null;
    }

    /** There is no server. */
    @Override
    public @Nullable Integer getDefaultPort() {
        return null;
    }

    @Override
    public boolean requiresUsername() {
        return false;
    }

    @Override
    public boolean requiresPassword() {
        return false;
    }

    // What there is

    /**
     * True, though definitions commit by themselves: a change set that changes rows only is then written together with the
     * note that it was run, or not at all.
     */
    @Override
    public boolean supportsDDLInTransaction() {
        return true;
    }

    @Override
    public boolean supportsTablespaces() {
        return false;
    }

    @Override
    public boolean supportsInitiallyDeferrableColumns() {
        return false;
    }

    @Override
    public boolean supportsDropTableCascadeConstraints() {
        return true;
    }

    @Override
    public int getMaxFractionalDigitsForTimestamp() {
        return FRACTIONAL_DIGITS;
    }

    @Override
    public boolean isSystemObject(DatabaseObject object) {
        Schema schema = object == null ? null : object.getSchema();
        return schema != null && SYSTEM_NAMESPACES.contains(String.valueOf(schema.getName()))
                || super.isSystemObject(object);
    }

    // Names

    /** The one catalog is no part of names. */
    @Override
    public boolean supportsCatalogInObjectName(Class<? extends DatabaseObject> type) {
        return false;
    }

    @Override
    public String getDatabaseChangeLogTableName() {
        return super.getDatabaseChangeLogTableName().toLowerCase(Locale.ROOT);
    }

    @Override
    public String getDatabaseChangeLogLockTableName() {
        return super.getDatabaseChangeLogLockTableName().toLowerCase(Locale.ROOT);
    }

    /** Names in letters of one case are stored in lower case; others keep theirs, as with PostgreSQL. */
    @Override
    public @Nullable String correctObjectName(@Nullable String name, Class<? extends DatabaseObject> type) {
        if (name == null || quotingStrategy == ObjectQuotingStrategy.QUOTE_ALL_OBJECTS) {
            return name;
        }
        return StringUtil.hasUpperCase(name) && StringUtil.hasLowerCase(name) ? name : name.toLowerCase(Locale.ROOT);
    }

    /** Quoted, so that no name is mistaken for a word of the language. */
    @Override
    public @Nullable String escapeObjectName(@Nullable String name, Class<? extends DatabaseObject> type) {
        if (name == null
                || quotingStrategy != ObjectQuotingStrategy.QUOTE_ALL_OBJECTS && COLUMNS_OF_LIQUIBASE.contains(name)) {
            return name;
        }
        return quoteObject(correctObjectName(name.trim(), type), type);
    }

    @Override
    public CatalogAndSchemaCase getSchemaAndCatalogCase() {
        return CatalogAndSchemaCase.LOWER_CASE;
    }

    @Override
    protected @Nullable String getConnectionSchemaName() {
        if (getConnection() instanceof JdbcConnection connection) {
            try {
                return connection.getUnderlyingConnection().getSchema();
            } catch (SQLException e) {
                throw new UnexpectedLiquibaseException(e);
            }
        }
        return super.getConnectionSchemaName();
    }

    /** What makes a generator of ours precede the one that it replaces. @param general the priority of that one */
    static int priority(int general, Database database) {
        return general > 0 && database instanceof KalamDatabase
                ? general + PRIORITY_DATABASE
                : SnapshotGenerator.PRIORITY_NONE;
    }
}
