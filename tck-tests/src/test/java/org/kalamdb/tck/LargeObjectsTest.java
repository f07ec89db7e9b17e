// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.Writer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BYTES and TEXT as {@link Blob} and {@link Clob}. */
final class LargeObjectsTest {
    private Connection connection;

    @BeforeEach
    void createTable() throws SQLException {
        connection = TestDatabases.connect(TestDatabases.freshMemoryUrl());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE doc (id INT PRIMARY KEY, b BYTES, t TEXT)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void writesAndReadsThem() throws SQLException, IOException {
        Blob blob = connection.createBlob();
        try (OutputStream out = blob.setBinaryStream(1)) {
            out.write(new byte[] {1, 2, 3});
            out.write(4);
        }
        NClob clob = connection.createNClob();
        try (Writer out = clob.setCharacterStream(1)) {
            out.write("héllo ");
            out.write("\uD83D\uDE00");
        }
        insert(1, blob, clob);
        try (ResultSet rows = select()) {
            rows.next();
            assertThat(rows.getBlob("b").getBytes(1, 10)).containsExactly(1, 2, 3, 4);
            assertThat(rows.getBlob(2).getBinaryStream(2, 2)).hasBinaryContent(new byte[] {2, 3});
            assertThat(rows.getClob("t").getSubString(1, 5)).isEqualTo("héllo");
            NClob read = rows.getNClob("t");
            assertThat(read.getSubString(1, (int) read.length())).isEqualTo("héllo \uD83D\uDE00");
            assertThat(rows.getObject("b", Blob.class).length()).isEqualTo(4);
            assertThat(rows.getObject("t", Clob.class).position("llo", 1)).isEqualTo(3);
        }
    }

    @Test
    void readsNullAsNull() throws SQLException {
        insert(1, null, null);
        try (ResultSet rows = select()) {
            rows.next();
            assertThat(rows.getBlob("b")).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getClob("t")).isNull();
            assertThat(rows.getObject("t", NClob.class)).isNull();
        }
    }

    @Test
    void changesOfWhatWasReadChangeNoRow() throws SQLException {
        Clob text = connection.createClob();
        text.setString(1, "abc");
        insert(1, connection.createBlob(), text);
        try (ResultSet rows = select()) {
            rows.next();
            Clob read = rows.getClob("t");
            read.setString(2, "xyz");
            read.truncate(3);
            assertThat(read.getSubString(1, 9)).isEqualTo("axy");
        }
        try (ResultSet rows = select()) {
            rows.next();
            assertThat(rows.getString("t")).isEqualTo("abc");
        }
    }

    @Test
    void findsAndReplacesParts() throws SQLException, IOException {
        Blob blob = connection.createBlob();
        blob.setBytes(1, "abcabc".getBytes(US_ASCII));
        assertThat(blob.position("ca".getBytes(US_ASCII), 1)).isEqualTo(3);
        assertThat(blob.position("bc".getBytes(US_ASCII), 3)).isEqualTo(5);
        assertThat(blob.position("x".getBytes(US_ASCII), 1)).isEqualTo(-1);
        assertThat(blob.setBytes(6, "XYZ".getBytes(US_ASCII), 1, 2)).isEqualTo(2);
        assertThat(blob.getBinaryStream()).hasBinaryContent("abcabYZ".getBytes(US_ASCII));
        blob.truncate(2);
        assertThat(blob.length()).isEqualTo(2);
    }

    @Test
    void refusesPlacesThatAreNotThere() throws SQLException {
        Blob blob = connection.createBlob();
        assertThatThrownBy(() -> blob.getBytes(0, 1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("place");
        assertThatThrownBy(() -> blob.setBytes(3, new byte[1])).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> blob.truncate(1))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("length");
        assertThatThrownBy(() -> blob.getBytes(1, -1)).isInstanceOf(SQLException.class);
        blob.free();
        blob.free();
        assertThatThrownBy(blob::length).isInstanceOf(SQLException.class).hasMessageContaining("freed");
    }

    @Test
    void takesStreamsInTheirPlace() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO doc VALUES (1, ?, ?)")) {
            insert.setBlob(1, new ByteArrayInputStream(new byte[] {7, 8}));
            insert.setClob(2, new StringReader("text"), 2);
            insert.executeUpdate();
        }
        try (ResultSet rows = select()) {
            rows.next();
            assertThat(rows.getBytes("b")).containsExactly(7, 8);
            assertThat(rows.getString("t")).isEqualTo("te");
        }
    }

    private void insert(int id, Blob blob, Clob clob) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO doc VALUES (?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setBlob(2, blob);
            insert.setClob(3, clob);
            insert.executeUpdate();
        }
    }

    private ResultSet select() throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        return statement.executeQuery("SELECT id, b, t FROM doc");
    }
}
