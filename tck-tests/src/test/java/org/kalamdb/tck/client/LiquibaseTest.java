// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.DiffResult;
import liquibase.diff.compare.CompareControl;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.liquibase.KalamDatabase;
import org.kalamdb.tck.Client;

final class LiquibaseTest {
    private static final int CHANGE_SETS = 12;
    private static final String SHOP = "changelogs/shop.xml";

    /** Held, so that its level stays: Liquibase tells of each step. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    @TempDir
    private Path folder;

    private ClientDatabase database;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.OFF);
        System.setProperty("liquibase.analytics.enabled", "false");
        System.setProperty("liquibase.showSummaryOutput", "LOG");
    }

    @BeforeEach
    void open() throws SQLException {
        database = ClientDatabase.with();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static Database connect(String url) throws SQLException, LiquibaseException {
        return DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(DriverManager.getConnection(url)));
    }

    private Liquibase liquibase(String changeLog) throws SQLException, LiquibaseException {
        return new Liquibase(changeLog, new ClassLoaderResourceAccessor(), connect(database.url()));
    }

    private static int unrun(Liquibase liquibase) throws LiquibaseException {
        return liquibase
                .listUnrunChangeSets(new Contexts(), new LabelExpression())
                .size();
    }

    private String rows(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return String.join(",", Client.rows(rows));
        }
    }

    @Test
    void changesTheDatabaseOnce() throws Exception {
        try (Liquibase liquibase = liquibase(SHOP)) {
            assertThat(liquibase.getDatabase()).isInstanceOf(KalamDatabase.class);
            assertThat(unrun(liquibase)).isEqualTo(CHANGE_SETS);
            liquibase.update(new Contexts());
            assertThat(unrun(liquibase)).isZero();
            liquibase.update(new Contexts());
            assertThat(liquibase.tagExists("filled")).isTrue();
        }

        assertThat(rows("SELECT id, name, active, born, credit FROM customer ORDER BY id"))
                .isEqualTo("1|Ann|true|1980-01-31|5.25,2|Bob|false|null|0.00,3|Cleo|true|null|0.00");
        assertThat(rows("SELECT id, total, sent FROM invoice")).isEqualTo("1|1.50|2026-05-17");
        assertThat(rows("SELECT id, name FROM old_region ORDER BY id")).isEqualTo("1|a;b,2|c");
        assertThat(rows("SELECT COUNT(*) FROM databasechangelog")).isEqualTo(Integer.toString(CHANGE_SETS));
        assertThat(rows("SELECT column_name || ' ' || data_type FROM information_schema.columns"
                        + " WHERE table_name = 'customer' ORDER BY ordinal_position"))
                .isEqualTo("id BIGINT,name VARCHAR(80),email VARCHAR(200),active BOOLEAN,since TIMESTAMP,note TEXT,"
                        + "picture BYTES,uid UUID,rate DOUBLE,factor FLOAT,small BIGINT,tiny SMALLINT,born DATE,wakes TIME,"
                        + "seen TIMESTAMP,credit DECIMAL(10, 2),cash DECIMAL(19, 4),fixed VARCHAR(3),national VARCHAR(10),"
                        + "region_id INT");
    }

    @Test
    void dropsWhatChangeLogsDrop() throws Exception {
        try (Liquibase shop = liquibase(SHOP);
                Liquibase drops = liquibase("changelogs/drops.xml")) {
            shop.update(new Contexts());
            drops.update(new Contexts());
        }

        assertThat(rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
                        + " AND table_name NOT LIKE 'database%' ORDER BY 1"))
                .isEqualTo("customer,invoice,old_region,order");
        assertThat(rows("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'order'"
                        + " ORDER BY ordinal_position"))
                .isEqualTo("a|BIGINT,b|VARBINARY(16),c|TIMESTAMP,d|TIMESTAMP,e|TEXT,f|DATETIME,g|DECIMAL(5, 0)");
    }

    @Test
    void rollsBackToATagAndToTheBeginning() throws Exception {
        try (Liquibase liquibase = liquibase(SHOP)) {
            liquibase.update(new Contexts());
            liquibase.rollback("filled", new Contexts());
            assertThat(unrun(liquibase)).isEqualTo(CHANGE_SETS - 4);
            assertThat(rows("SELECT name FROM customer ORDER BY id")).isEqualTo("Ann,Bob,Cleo");
            liquibase.rollback(CHANGE_SETS, "");
            assertThat(unrun(liquibase)).isEqualTo(CHANGE_SETS);
            assertThat(rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'customer'"))
                    .isEqualTo("0");
            liquibase.update(new Contexts());
            liquibase.dropAll();
        }

        assertThat(rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"))
                .isEmpty();
    }

    @Test
    void changeLogOfADatabaseMakesItsLike() throws Exception {
        Path generated = folder.resolve("generated.xml");
        try (ClientDatabase copy = ClientDatabase.with();
                Liquibase original = liquibase(SHOP)) {
            original.update(new Contexts());
            new CommandScope("generateChangelog")
                    .addArgumentValue("database", connect(database.url()))
                    .addArgumentValue("changelogFile", generated.toString())
                    .setOutput(new ByteArrayOutputStream())
                    .execute();
            assertThat(generated).exists();
            try (Liquibase like =
                    new Liquibase("generated.xml", new DirectoryResourceAccessor(folder), connect(copy.url()))) {
                like.update(new Contexts());
                DiffResult difference = original.diff(original.getDatabase(), like.getDatabase(), new CompareControl());
                assertThat(difference.areEqual())
                        .as(() -> "%s %s %s"
                                .formatted(
                                        difference.getMissingObjects(),
                                        difference.getUnexpectedObjects(),
                                        difference.getChangedObjects()))
                        .isTrue();
            }
        }
        assertThat(Files.readString(generated)).contains("VARCHAR(80)", "createSequence", "addForeignKeyConstraint");
    }

    @Test
    void writesTheSqlOfAnUpdate() throws Exception {
        StringWriter sql = new StringWriter();
        try (Liquibase liquibase = liquibase(SHOP)) {
            liquibase.update(new Contexts(), sql);
            assertThat(unrun(liquibase)).isEqualTo(CHANGE_SETS);
        }
        assertThat(sql.toString())
                .contains("CREATE INDEX \"main\".\"invoice_issued\" ON \"main\".\"invoice\"(\"issued\" DESC)");
    }

    @Test
    void onlyOneChangesAtATime() throws Exception {
        try (Liquibase first = liquibase(SHOP);
                Liquibase second = liquibase(SHOP)) {
            LockService lock = LockServiceFactory.getInstance().getLockService(first.getDatabase());
            lock.waitForLock();
            LockService other = LockServiceFactory.getInstance().getLockService(second.getDatabase());
            other.setChangeLogLockWaitTime(0L);
            assertThat(second.listLocks()).hasSize(1);
            assertThat(other.acquireLock()).isFalse();
            lock.releaseLock();
            assertThat(other.acquireLock()).isTrue();
            other.releaseLock();
            assertThat(first.listLocks()).isEmpty();
        }
    }

    @Test
    void changeSetThatFailsLeavesNoRows() throws Exception {
        try (Liquibase liquibase = liquibase("changelogs/failing.xml")) {
            assertThatThrownBy(() -> liquibase.update(new Contexts()))
                    .isInstanceOf(LiquibaseException.class)
                    .hasMessageContaining("failing.xml::2::ann")
                    .hasMessageContaining("Duplicate");
            assertThat(unrun(liquibase)).isEqualTo(1);
        }

        assertThat(rows("SELECT id FROM t")).isEqualTo("0");
    }
}
