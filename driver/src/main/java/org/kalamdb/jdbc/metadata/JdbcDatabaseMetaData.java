// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.jdbc.error.Wrappers;
import org.kalamdb.jdbc.metadata.MetadataColumns.Rows;

/** What the database is and what is in its catalog, beside what it can. Confined to one thread, as its connection is. */
public final class JdbcDatabaseMetaData extends Capabilities {
    private static final String PRODUCT = "KalamDB";

    private final DescribedConnection connection;

    /** The metadata of what {@code connection} is connected to. */
    public JdbcDatabaseMetaData(DescribedConnection connection) {
        this.connection = connection;
    }

    // The catalog

    @FunctionalInterface
    private interface CatalogQuery {
        ResultCursor from(CatalogResults catalog);
    }

    private ResultSet query(CatalogQuery query) throws SQLException {
        return connection.show(connection.call(session -> query.from(new CatalogResults(session.introspection()))));
    }

    /** One: JDBC's catalog holds all namespaces, which are its schemas. */
    @Override
    public ResultSet getCatalogs() {
        Rows rows = new Rows(MetadataColumns.CATALOGS);
        rows.add(Introspection.CATALOG_NAME);
        return connection.show(rows.toCursor());
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
        return query(results -> results.schemas(catalog, schemaPattern));
    }

    /** TABLE (of users, shared and streams alike), VIEW and SYSTEM TABLE. */
    @Override
    public ResultSet getTableTypes() {
        return connection.show(CatalogResults.tableTypes());
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tableNamePattern,
            String @Nullable [] types)
            throws SQLException {
        return query(results -> results.tables(catalog, schemaPattern, tableNamePattern, types));
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tableNamePattern,
            @Nullable String columnNamePattern)
            throws SQLException {
        return query(results -> results.columns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
    }

    @Override
    public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return query(results -> results.primaryKeys(catalog, schema, table));
    }

    /** The primary key; the scope asked for is never wider than it holds. */
    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
            throws SQLException {
        return query(results -> results.bestRowIdentifier(catalog, schema, table));
    }

    /** The system column that numbers the commit which wrote the row last. */
    @Override
    public ResultSet getVersionColumns(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return query(results -> results.versionColumns(catalog, schema, table));
    }

    /** The primary key, unique constraints and secondary indexes. */
    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalog, @Nullable String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        return query(results -> results.indexes(catalog, schema, table, unique));
    }

    @Override
    public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return query(results -> results.importedKeys(catalog, schema, table));
    }

    @Override
    public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return query(results -> results.exportedKeys(catalog, schema, table));
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            String foreignTable)
            throws SQLException {
        return query(results -> results.crossReference(
                parentCatalog, parentSchema, parentTable, foreignCatalog, foreignSchema, foreignTable));
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return query(CatalogResults::typeInfo);
    }

    @Override
    public ResultSet getClientInfoProperties() {
        Rows rows = new Rows(MetadataColumns.CLIENT_INFO);
        for (String name : connection.clientInfoNames()) {
            rows.add(name, Integer.MAX_VALUE, "", "Kept for the application, without effect");
        }
        return connection.show(rows.toCursor());
    }

    /** Those built in, each once for each way to call it. */
    @Override
    public ResultSet getFunctions(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionNamePattern)
            throws SQLException {
        return query(results -> results.functions(catalog, schemaPattern, functionNamePattern));
    }

    /** What functions answer and take; {@code OTHER} and ANY where there are several types. */
    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String functionNamePattern,
            @Nullable String columnNamePattern)
            throws SQLException {
        return query(
                results -> results.functionColumns(catalog, schemaPattern, functionNamePattern, columnNamePattern));
    }

    // What the database has none of

    @Override
    public ResultSet getProcedures(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String procedureNamePattern) {
        return connection.show(MetadataColumns.PROCEDURES.empty());
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String procedureNamePattern,
            @Nullable String columnNamePattern) {
        return connection.show(MetadataColumns.PROCEDURE_COLUMNS.empty());
    }

    /** Empty: access is granted by role and by access level of a table, not by column. */
    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String columnNamePattern) {
        return connection.show(MetadataColumns.COLUMN_PRIVILEGES.empty());
    }

    /** Empty: access is granted by role and by access level of a table, not by GRANT. */
    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tableNamePattern) {
        return connection.show(MetadataColumns.TABLE_PRIVILEGES.empty());
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typeNamePattern) {
        return connection.show(MetadataColumns.SUPER_TYPES.empty());
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tableNamePattern) {
        return connection.show(MetadataColumns.SUPER_TABLES.empty());
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typeNamePattern,
            @Nullable String attributeNamePattern) {
        return connection.show(MetadataColumns.ATTRIBUTES.empty());
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tableNamePattern,
            @Nullable String columnNamePattern)
            throws SQLException {
        return query(results -> results.pseudoColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typeNamePattern,
            int @Nullable [] types) {
        return connection.show(MetadataColumns.USER_TYPES.empty());
    }

    // Product and connection

    @Override
    public String getDatabaseProductName() {
        return PRODUCT;
    }

    @Override
    public String getDatabaseProductVersion() {
        return DriverVersion.CURRENT.text();
    }

    @Override
    public int getDatabaseMajorVersion() {
        return DriverVersion.CURRENT.major();
    }

    @Override
    public int getDatabaseMinorVersion() {
        return DriverVersion.CURRENT.minor();
    }

    @Override
    public String getDriverName() {
        return PRODUCT + " JDBC Driver";
    }

    @Override
    public String getDriverVersion() {
        return DriverVersion.CURRENT.text();
    }

    @Override
    public int getDriverMajorVersion() {
        return DriverVersion.CURRENT.major();
    }

    @Override
    public int getDriverMinorVersion() {
        return DriverVersion.CURRENT.minor();
    }

    @Override
    public int getJDBCMajorVersion() {
        return 4;
    }

    @Override
    public int getJDBCMinorVersion() {
        return 3;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    /** The URL without its properties. */
    @Override
    public String getURL() {
        return connection.url();
    }

    @Override
    public String getUserName() throws SQLException {
        return connection.call(Session::user);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public boolean usesLocalFiles() {
        return true;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrappers.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrappers.isWrapperFor(this, type);
    }
}
