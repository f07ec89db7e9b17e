// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** USER tables: one definition, and for every user rows of their own that nobody else sees or changes. */
final class UserTableTest {
    private final String url = TestDatabases.freshMemoryUrl();
    private final Client root = new Client(url);
    private final Client ann = new Client("ann", url);
    private final Client bob = new Client("bob", url);

    @BeforeEach
    void createTable() throws SQLException {
        root.run("CREATE USER TABLE note (id INT PRIMARY KEY, body TEXT)");
        ann.run("INSERT INTO note VALUES (1, 'ann 1'), (2, 'ann 2')");
        bob.run("INSERT INTO note VALUES (1, 'bob 1'), (3, 'bob 3')");
    }

    @AfterEach
    void close() throws SQLException {
        ann.close();
        bob.close();
        root.close();
    }

    @Test
    void everyoneSeesTheirOwnRows() throws SQLException {
        assertThat(ann.rows("SELECT * FROM note ORDER BY id")).containsExactly("1|ann 1", "2|ann 2");
        assertThat(bob.rows("SELECT * FROM note ORDER BY id")).containsExactly("1|bob 1", "3|bob 3");
        assertThat(root.rows("SELECT * FROM note")).isEmpty();
        assertThat(ann.rows("SELECT body FROM note WHERE id = 3")).isEmpty();
        assertThat(ann.value("SELECT count(*) FROM note")).isEqualTo("2");
    }

    @Test
    void noPredicateReachesOthers() throws SQLException {
        assertThat(ann.rows("SELECT body FROM note WHERE body LIKE 'bob%' OR TRUE ORDER BY body"))
                .containsExactly("ann 1", "ann 2");
        assertThat(ann.rows("SELECT a.body FROM note a JOIN note b ON a.id = b.id ORDER BY 1"))
                .containsExactly("ann 1", "ann 2");
        assertThat(ann.rows("SELECT body FROM note UNION SELECT body FROM note ORDER BY 1"))
                .containsExactly("ann 1", "ann 2");
    }

    @Test
    void changesConcernOwnRowsOnly() throws SQLException {
        assertThat(ann.update("UPDATE note SET body = 'mine'")).isEqualTo(2);
        assertThat(ann.update("DELETE FROM note WHERE id IN (1, 3)")).isOne();
        assertThat(ann.rows("SELECT * FROM note")).containsExactly("2|mine");
        assertThat(bob.rows("SELECT * FROM note ORDER BY id")).containsExactly("1|bob 1", "3|bob 3");
        assertThat(root.update("DELETE FROM note")).isZero();
        assertThat(bob.value("SELECT count(*) FROM note")).isEqualTo("2");
    }

    @Test
    void keysAreUniqueForEachUser() throws SQLException {
        assertThat(ann.failure("INSERT INTO note VALUES (1, 'again')").getSQLState())
                .isEqualTo("23505");
        ann.run("INSERT INTO note VALUES (3, 'ann 3')");
        assertThat(ann.update("INSERT INTO note VALUES (3, 'x') ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"))
                .isOne();
        assertThat(bob.rows("SELECT body FROM note WHERE id = 3")).containsExactly("bob 3");
    }

    @Test
    void oneStatementServesAllUsers() throws SQLException {
        String sql = "SELECT body FROM note WHERE id = 1";

        for (int i = 0; i < 3; i++) {
            assertThat(ann.rows(sql)).containsExactly("ann 1");
            assertThat(bob.rows(sql)).containsExactly("bob 1");
        }
    }

    @Test
    void definitionIsShared() throws SQLException {
        root.run("ALTER TABLE note ADD COLUMN tag TEXT DEFAULT 'none'");

        assertThat(ann.rows("SELECT * FROM note ORDER BY id")).containsExactly("1|ann 1|none", "2|ann 2|none");
        assertThat(bob.rows("SELECT tag FROM note")).containsExactly("none", "none");
    }

    @Test
    void userIsNotAColumn() throws SQLException {
        assertThat(ann.rows("DESCRIBE TABLE note")).hasSize(2);
        assertThat(ann.value("SELECT CURRENT_USER")).isEqualTo("ann");
        assertThat(bob.value("SELECT CURRENT_USER")).isEqualTo("bob");
    }

    @Test
    void joinsWithSharedTablesKeepUsersApart() throws SQLException {
        root.run(
                "CREATE TABLE label (id INT PRIMARY KEY, name TEXT)",
                "INSERT INTO label VALUES (1, 'one'), (3, 'three')");

        assertThat(ann.rows("SELECT l.name, n.body FROM label l LEFT JOIN note n ON n.id = l.id ORDER BY l.id"))
                .containsExactly("one|ann 1", "three|null");
        assertThat(bob.rows("SELECT l.name, n.body FROM label l LEFT JOIN note n ON n.id = l.id ORDER BY l.id"))
                .containsExactly("one|bob 1", "three|bob 3");
    }

    @Test
    void namesThatStartAlikeAreDifferentUsers() throws SQLException {
        try (Client annabel = new Client("annabel", url);
                Client unicode = new Client("%C3%A4nn", url)) {
            annabel.run("INSERT INTO note VALUES (1, 'annabel 1')");
            unicode.run("INSERT INTO note VALUES (1, 'änn 1')");

            assertThat(annabel.rows("SELECT body FROM note")).containsExactly("annabel 1");
            assertThat(unicode.rows("SELECT body FROM note")).containsExactly("änn 1");
            assertThat(ann.rows("SELECT body FROM note ORDER BY id")).containsExactly("ann 1", "ann 2");
        }
    }
}
