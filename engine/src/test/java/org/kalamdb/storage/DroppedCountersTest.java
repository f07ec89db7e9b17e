// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.engine.Access;
import org.kalamdb.engine.Database;
import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResourceSettings;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.SessionConfig;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.TransactionSettings;

/** Counters go with what they number. */
final class DroppedCountersTest {
    @TempDir
    private Path folder;

    @Test
    void aNamespaceTakesThoseOfItsSequencesAndTablesAlong() {
        run(
                "CREATE NAMESPACE app",
                "CREATE SEQUENCE app.s",
                "CREATE TABLE app.t (id BIGINT GENERATED ALWAYS AS IDENTITY, v INT)");
        run(
                "INSERT INTO app.t (v) VALUES (1)",
                "SELECT NEXT VALUE FOR app.s",
                "CREATE SEQUENCE kept",
                "SELECT NEXT VALUE FOR kept");
        assertThat(numberedObjects()).hasSize(3);
        run("DROP NAMESPACE app CASCADE");
        assertThat(numberedObjects()).hasSize(1);
    }

    private void run(String... statements) {
        SessionConfig config = new SessionConfig(
                "tester",
                "main",
                Access.READ_WRITE,
                new TransactionSettings(IsolationLevel.READ_COMMITTED, false, Duration.ofSeconds(2), Durability.NORMAL),
                new ResourceSettings(null, null, null));
        try (Session session = Database.connect(new DatabaseLocation.Folder(folder), config)) {
            for (String sql : statements) {
                try (PreparedQuery query = session.prepare(sql)) {
                    if (query.execute(new Object[0]) instanceof StatementResult.Rows rows) {
                        rows.cursor().next();
                        rows.cursor().close();
                    }
                }
            }
        }
    }

    /** The numbers of tables and sequences that have counters; those of the database have the number 0. */
    private Set<Long> numberedObjects() {
        Set<Long> objects = new TreeSet<>();
        try (TestDatabase database = TestDatabase.in(folder)) {
            database.storage
                    .meta()
                    .forEach(
                            new byte[] {'s'},
                            (key, value) -> objects.add(ByteBuffer.wrap(key).getLong(1)));
        }
        objects.remove(0L);
        return objects;
    }
}
