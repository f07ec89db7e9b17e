// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Chapter 16. */
final class AdvancedTypesTest extends Chapter {
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    private static void write(Fixture f, String column, PreparedSetter setter) throws Exception {
        try (PreparedStatement statement =
                f.connection().prepareStatement("UPDATE " + f.table() + " SET " + column + " = ? WHERE id = 1")) {
            setter.set(statement);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private interface PreparedSetter {
        void set(PreparedStatement statement) throws Exception;
    }

    /** Reads the column of the first row; large objects are used while their row is the current one. */
    private static void read(Fixture f, String column, RowReader reader) throws Exception {
        f.connection().setAutoCommit(false);
        try (Statement statement = f.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + column + " FROM " + f.table() + " WHERE id = 1")) {
            assertThat(rows.next()).isTrue();
            reader.read(rows);
        }
    }

    private interface RowReader {
        void read(ResultSet rows) throws Exception;
    }

    @Override
    void sentences() {
        says("a Blob is written and read", f -> {
            Blob blob = f.connection().createBlob();
            assertThat(blob.setBytes(1, BYTES)).isEqualTo(5);
            write(f, "data", statement -> statement.setBlob(1, blob));
            read(f, "data", rows -> {
                Blob read = rows.getBlob(1);
                assertThat(read.length()).isEqualTo(5);
                assertThat(read.getBytes(1, 5)).isEqualTo(BYTES);
                assertThat(read.getBytes(2, 2)).containsExactly(2, 3);
            });
        });
        says("a pattern is found in a Blob, from 1 on", f -> {
                    write(f, "data", statement -> statement.setBytes(1, BYTES));
                    read(f, "data", rows -> {
                        Blob blob = rows.getBlob(1);
                        assertThat(blob.position(new byte[] {3, 4}, 1)).isEqualTo(3);
                        assertThat(blob.position(new byte[] {9}, 1)).isEqualTo(-1);
                    });
                })
                .except(Driver.H2, "finds none");
        says("a Blob is read as a stream", f -> {
            write(f, "data", statement -> statement.setBinaryStream(1, new ByteArrayInputStream(BYTES)));
            read(
                    f,
                    "data",
                    rows -> assertThat(rows.getBlob(1).getBinaryStream().readAllBytes())
                            .isEqualTo(BYTES));
        });
        says("a Blob is written through a stream", f -> {
            Blob blob = f.connection().createBlob();
            try (OutputStream stream = blob.setBinaryStream(1)) {
                stream.write(BYTES);
            }
            write(f, "data", statement -> statement.setBlob(1, blob));
            read(f, "data", rows -> assertThat(rows.getBytes(1)).isEqualTo(BYTES));
        });
        says("a stream is read to its length", f -> {
            write(f, "data", statement -> statement.setBinaryStream(1, new ByteArrayInputStream(BYTES), BYTES.length));
            read(f, "data", rows -> assertThat(rows.getBytes(1)).isEqualTo(BYTES));
        });
        says("a Clob is written and read", f -> {
            Clob clob = f.connection().createClob();
            assertThat(clob.setString(1, "hello world")).isEqualTo(11);
            write(f, "note", statement -> statement.setClob(1, clob));
            read(f, "note", rows -> {
                Clob read = rows.getClob(1);
                assertThat(read.length()).isEqualTo(11);
                assertThat(read.getSubString(7, 5)).isEqualTo("world");
            });
        });
        says("a Clob is read as a stream of characters", f -> {
            write(f, "note", statement -> statement.setCharacterStream(1, new StringReader("häß")));
            read(f, "note", rows -> {
                char[] characters = new char[10];
                assertThat(rows.getCharacterStream(1).read(characters)).isEqualTo(3);
            });
        });
        says("a Clob is written through a writer", f -> {
            Clob clob = f.connection().createClob();
            try (Writer writer = clob.setCharacterStream(1)) {
                writer.write("written");
            }
            write(f, "note", statement -> statement.setClob(1, clob));
            read(f, "note", rows -> assertThat(rows.getString(1)).isEqualTo("written"));
        });
        says("a large value comes back whole", f -> {
            String text = "0123456789".repeat(50_000);
            write(f, "note", statement -> statement.setString(1, text));
            read(f, "note", rows -> assertThat(rows.getString(1)).isEqualTo(text));
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            write(f, "data", statement -> statement.setBytes(1, bytes));
            read(
                    f,
                    "data",
                    rows -> assertThat(rows.getBinaryStream(1).readAllBytes()).isEqualTo(bytes));
        });
        says("a freed object cannot be used", f -> {
            Blob blob = f.connection().createBlob();
            blob.setBytes(1, BYTES);
            blob.free();
            blob.free();
            assertThatThrownBy(blob::length).isInstanceOf(SQLException.class);
            Clob clob = f.connection().createClob();
            clob.free();
            assertThatThrownBy(clob::length).isInstanceOf(SQLException.class);
        });
        says("places in large objects begin with 1", f -> {
                    write(f, "data", statement -> statement.setBytes(1, BYTES));
                    read(f, "data", rows -> {
                        Blob blob = rows.getBlob(1);
                        assertThatThrownBy(() -> blob.getBytes(0, 1)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> blob.getBytes(1, -1)).isInstanceOf(SQLException.class);
                    });
                })
                .except(Driver.H2, "takes a negative length");
        says(
                "NULL is no large object",
                f -> read(f, "data, note", rows -> {
                    assertThat(rows.getBlob(1)).isNull();
                    assertThat(rows.wasNull()).isTrue();
                    assertThat(rows.getClob(2)).isNull();
                }));
    }
}
