// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.lob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.function.Supplier;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMResult;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.jdbc.error.SqlExceptions;

/**
 * XML as the text that it is in the database, where a value of it is one of TEXT. It is written once and read as often as
 * one likes; bytes of it are UTF-8. Confined to one thread.
 */
public final class MemoryXml implements SQLXML {
    /** What was written, or will have been when it is first read; null if nothing was. */
    private @Nullable Supplier<String> text;

    private boolean freed;

    /** One that is to be written. */
    public MemoryXml() {}

    /** One that is read. @param text of a document */
    public static MemoryXml of(String text) {
        MemoryXml xml = new MemoryXml();
        xml.text = () -> text;
        return xml;
    }

    @Override
    public String getString() throws SQLException {
        Supplier<String> written = text;
        requireUsable();
        if (written == null) {
            throw SqlExceptions.error(
                    ErrorCode.INVALID_PARAMETER, "Cannot read an XML value that nothing was written to");
        }
        try {
            return written.get();
        } catch (IllegalStateException e) {
            throw XmlForms.failure("write XML", e);
        }
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(getString().getBytes(UTF_8));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(getString());
    }

    /** As a DOM, SAX, StAX or stream source, the latter also for null; what is outside of the text is not loaded. */
    @Override
    public <T extends Source> T getSource(@Nullable Class<T> type) throws SQLException {
        return XmlForms.source(getString(), type);
    }

    @Override
    public void setString(@Nullable String value) throws SQLException {
        if (value == null) {
            throw SqlExceptions.error(ErrorCode.INVALID_PARAMETER, "Invalid XML: must not be null");
        }
        write(() -> value);
    }

    /** What is written to the stream is the value. */
    @Override
    public OutputStream setBinaryStream() throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(() -> bytes.toString(UTF_8));
        return bytes;
    }

    @Override
    public Writer setCharacterStream() throws SQLException {
        StringWriter writer = new StringWriter();
        write(writer::toString);
        return writer;
    }

    /** As a DOM, SAX, StAX or stream result, the latter also for null. */
    @Override
    public <T extends Result> T setResult(@Nullable Class<T> type) throws SQLException {
        StringWriter writer = new StringWriter();
        Result result = XmlForms.result(writer, type);
        write(result instanceof DOMResult dom ? () -> XmlForms.textOf(dom) : writer::toString);
        return cast(result, type);
    }

    @SuppressWarnings("unchecked") // Of the class, or of the one that is meant by null.
    private static <T extends Result> T cast(Result result, @Nullable Class<T> type) {
        return type == null ? (T) result : type.cast(result);
    }

    private void write(Supplier<String> value) throws SQLException {
        requireUsable();
        if (text != null) {
            throw SqlExceptions.error(ErrorCode.INVALID_PARAMETER, "Cannot write an XML value twice, make another one");
        }
        text = value;
    }

    @Override
    public void free() {
        freed = true;
        text = null;
    }

    private void requireUsable() throws SQLException {
        if (freed) {
            throw LobPlaces.freed("XML value");
        }
    }
}
