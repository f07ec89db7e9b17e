// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 7. */
final class DatabaseMetadataTest extends Chapter {
    @Override
    void sentences() {
        says("a driver says which version of JDBC it implements", f -> {
            DatabaseMetaData metaData = f.connection().getMetaData();
            assertThat(metaData.getJDBCMajorVersion()).isEqualTo(4);
            assertThat(metaData.getJDBCMinorVersion()).isGreaterThanOrEqualTo(2);
            assertThat(metaData.getDatabaseProductName()).isNotBlank();
            assertThat(metaData.getDriverVersion()).isNotBlank();
        });
        says(
                "getConnection answers the connection that the metadata is of",
                f -> assertThat(f.connection().getMetaData().getConnection()).isEqualTo(f.connection()));
        says(
                "null as a pattern narrows nothing",
                f -> assertThat(tables(f, null, null, null)).contains(f.table()));
        says(
                "a table is found by name, as it is stored",
                f -> assertThat(tables(f, null, stored(f), new String[] {"TABLE"}))
                        .containsExactly(f.table()));
        says(
                "% stands for any characters",
                f -> assertThat(tables(f, null, stored(f).substring(0, 3) + "%", null))
                        .contains(f.table()));
        says(
                "_ stands for one character",
                f -> assertThat(tables(f, null, "_" + stored(f).substring(1), null))
                        .containsExactly(f.table()));
        says("what follows the escape string is no wildcard", f -> {
                    String escape = f.connection().getMetaData().getSearchStringEscape();
                    assertThat(tables(f, null, escape + "_" + stored(f).substring(1), null))
                            .isEmpty();
                })
                .except(Driver.DERBY, "has no escape");
        says(
                "a type of table that is not wanted is left out",
                f -> assertThat(tables(f, null, stored(f), new String[] {"VIEW"}))
                        .isEmpty());
        says("tables come by type, catalog, schema and name", f -> {
            try (ResultSet rows = f.connection().getMetaData().getTables(null, null, "%", null)) {
                List<String> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(rows.getString("TABLE_TYPE") + " " + rows.getString("TABLE_SCHEM") + " "
                            + rows.getString("TABLE_NAME"));
                }
                assertThat(keys).isSorted();
            }
        });
        says("columns come by ordinal position, which begins with 1", f -> {
            try (ResultSet rows = f.connection().getMetaData().getColumns(null, null, stored(f), null)) {
                List<String> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT)
                            + rows.getInt("ORDINAL_POSITION")
                            + rows.getString("IS_NULLABLE"));
                }
                assertThat(columns).containsExactly("id1NO", "name2YES", "price3YES", "note4YES", "data5YES");
            }
        });
        says(
                        "an empty name of a schema finds only what has none",
                        f -> assertThat(tables(f, "", stored(f), null)).isEmpty())
                .except(Driver.H2, "narrows nothing");
        says("the primary key is found", f -> {
            try (ResultSet rows = f.connection().getMetaData().getPrimaryKeys(null, null, stored(f))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("COLUMN_NAME")).isEqualToIgnoringCase("id");
                assertThat(rows.getInt("KEY_SEQ")).isEqualTo(1);
                assertThat(rows.getString("PK_NAME")).isNotBlank();
                assertThat(rows.next()).isFalse();
            }
        });
        says("the primary key is the best identifier of a row", f -> {
            try (ResultSet rows = f.connection()
                    .getMetaData()
                    .getBestRowIdentifier(null, null, stored(f), DatabaseMetaData.bestRowTransaction, false)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("COLUMN_NAME")).isEqualToIgnoringCase("id");
                assertThat(rows.getInt("PSEUDO_COLUMN")).isEqualTo(DatabaseMetaData.bestRowNotPseudo);
            }
        });
        says("types come by their code", f -> {
            try (ResultSet rows = f.connection().getMetaData().getTypeInfo()) {
                List<Integer> codes = new ArrayList<>();
                while (rows.next()) {
                    codes.add(rows.getInt("DATA_TYPE"));
                }
                assertThat(codes).isNotEmpty().isSorted();
            }
        });
        says("indexes come with unique ones first", f -> {
            f.update("CREATE INDEX " + f.table() + "_name ON " + f.table() + " (name)");
            try (ResultSet rows = f.connection().getMetaData().getIndexInfo(null, null, stored(f), false, true)) {
                List<Boolean> nonUnique = new ArrayList<>();
                while (rows.next()) {
                    if (rows.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic) {
                        nonUnique.add(rows.getBoolean("NON_UNIQUE"));
                    }
                }
                assertThat(nonUnique).containsExactly(false, true);
            }
        });
        says("foreign keys are found from both sides", f -> {
            String child = f.table() + "c";
            f.update("CREATE TABLE " + child + " (id INT NOT NULL PRIMARY KEY, parent INT, FOREIGN KEY (parent)"
                    + " REFERENCES " + f.table() + " (id) ON DELETE CASCADE)");
            String storedChild =
                    f.connection().getMetaData().storesUpperCaseIdentifiers() ? child.toUpperCase(Locale.ROOT) : child;
            DatabaseMetaData metaData = f.connection().getMetaData();
            try (ResultSet imported = metaData.getImportedKeys(null, null, storedChild);
                    ResultSet exported = metaData.getExportedKeys(null, null, stored(f));
                    ResultSet both = metaData.getCrossReference(null, null, stored(f), null, null, storedChild)) {
                for (ResultSet rows : List.of(imported, exported, both)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString("PKTABLE_NAME")).isEqualTo(stored(f));
                    assertThat(rows.getString("FKTABLE_NAME")).isEqualTo(storedChild);
                    assertThat(rows.getString("FKCOLUMN_NAME")).isEqualToIgnoringCase("parent");
                    assertThat(rows.getInt("KEY_SEQ")).isEqualTo(1);
                    assertThat(rows.getInt("DELETE_RULE")).isEqualTo(DatabaseMetaData.importedKeyCascade);
                    assertThat(rows.next()).isFalse();
                }
            } finally {
                f.update("DROP TABLE " + child);
            }
        });
        says(
                "a driver without ROWID says so",
                f -> assertThat(f.connection().getMetaData().getRowIdLifetime())
                        .isEqualTo(RowIdLifetime.ROWID_UNSUPPORTED));
        says(
                "the default level of isolation is that of a new connection",
                f -> assertThat(f.connection().getMetaData().getDefaultTransactionIsolation())
                        .isEqualTo(f.connection().getTransactionIsolation()));
        says("every supported level can be set", f -> {
            for (int level : List.of(1, 2, 4, 8)) {
                if (f.connection().getMetaData().supportsTransactionIsolationLevel(level)) {
                    f.connection().setTransactionIsolation(level);
                    assertThat(f.connection().getTransactionIsolation()).isGreaterThanOrEqualTo(level);
                }
            }
        });
    }

    /** The table's name as metadata has it. */
    private static String stored(Fixture f) throws Exception {
        return f.connection().getMetaData().storesUpperCaseIdentifiers()
                ? f.table().toUpperCase(Locale.ROOT)
                : f.table();
    }

    private static List<String> tables(Fixture f, String schema, String name, String[] types) throws Exception {
        try (ResultSet rows = f.connection().getMetaData().getTables(null, schema, name, types)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }
}
