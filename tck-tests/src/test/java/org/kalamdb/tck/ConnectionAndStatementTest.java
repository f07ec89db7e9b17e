// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What the interfaces of connections and statements say beside running statements. */
final class ConnectionAndStatementTest {
    private static final String ENDLESS =
            "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 2000000000) SELECT max(i) FROM r";

    private final Client client = new Client(TestDatabases.freshMemoryUrl());
    private final Connection connection = client.connection();

    @BeforeEach
    void createTable() throws SQLException {
        client.run("CREATE TABLE t (id INT PRIMARY KEY, text TEXT, bytes BYTES, n BIGINT)");
        client.run("INSERT INTO t VALUES (1, 'aäo😀z', X'0102030405', 123456789)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void maximumFieldSizeCutsTextAndBytesOff() throws SQLException {
        assertThat(textOfSize(0)).isEqualTo("aäo😀z");
        assertThat(textOfSize(1)).isEqualTo("a");
        assertThat(textOfSize(2)).isEqualTo("a");
        assertThat(textOfSize(7)).isEqualTo("aäo");
        assertThat(textOfSize(8)).isEqualTo("aäo😀");
        assertThat(textOfSize(9)).isEqualTo("aäo😀z");
        try (Statement statement = connection.createStatement()) {
            statement.setMaxFieldSize(3);
            assertThat(statement.getMaxFieldSize()).isEqualTo(3);
            try (ResultSet rows = statement.executeQuery("SELECT bytes, n, text FROM t")) {
                rows.next();
                assertThat(rows.getBytes(1)).containsExactly(1, 2, 3);
                assertThat(rows.getString(2)).isEqualTo("123456789");
                assertThat(rows.getBytes(3)).isEqualTo("aä".getBytes(StandardCharsets.UTF_8));
                assertThat(rows.getObject(3)).isEqualTo("aä");
            }
            assertThatThrownBy(() -> statement.setMaxFieldSize(-1)).isInstanceOf(SQLException.class);
        }
    }

    private String textOfSize(int bytes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxFieldSize(bytes);
            try (ResultSet rows = statement.executeQuery("SELECT text FROM t")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Test
    void statementThatExceedsTheNetworkTimeoutEndsItsConnection() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 200);
        assertThat(connection.getNetworkTimeout()).isEqualTo(200);
        assertThat(client.value("SELECT 1")).isEqualTo("1");

        assertThat((Throwable) client.failureOfReading(ENDLESS)).isInstanceOf(SQLTimeoutException.class);
        assertThat(connection.isClosed()).isTrue();
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
    }

    @Test
    void queryTimeoutDoesNotEndTheConnection() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 100_000);
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> {
                        try (ResultSet rows = statement.executeQuery(ENDLESS)) {
                            rows.next();
                        }
                    })
                    .isInstanceOf(SQLTimeoutException.class);
        }
        assertThat(client.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void networkTimeoutNeedsAnExecutorAndATime() {
        assertThatThrownBy(() -> connection.setNetworkTimeout(null, 1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.setNetworkTimeout(Runnable::run, -1))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void clientInfoIsKeptAndWhatIsUnknownIsAWarning() throws SQLException {
        connection.setClientInfo("ApplicationName", "tests");
        assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("tests");
        connection.setClientInfo("ShoeSize", "42");
        assertThat((Throwable) connection.getWarnings()).isNotNull();
        connection.clearWarnings();
        Properties properties = new Properties();
        properties.setProperty("ClientUser", "ann");
        connection.setClientInfo(properties);
        assertThat(connection.getClientInfo()).isEqualTo(properties);

        connection.close();
        SQLClientInfoException failure =
                catchThrowableOfType(SQLClientInfoException.class, () -> connection.setClientInfo(properties));
        assertThat(failure.getFailedProperties())
                .containsExactly(Map.entry("ClientUser", ClientInfoStatus.REASON_UNKNOWN));
    }

    @Test
    void requestsHaveABeginAndAnEnd() throws SQLException {
        connection.beginRequest();
        connection.endRequest();
        connection.endRequest();
        assertThat(client.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void thereAreNoShardsAndNoTypesToMap() throws SQLException {
        assertThatThrownBy(() -> connection.setShardingKey(null)).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(connection.getTypeMap()).isEmpty();
        connection.setTypeMap(null);
        connection.setTypeMap(Map.of());
        assertThatThrownBy(() -> connection.setTypeMap(Map.of("T", String.class)))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void textIsQuotedAsTheDatabaseReadsIt() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String text = "it's \\ \"quoted\"";
            assertThat(client.value("SELECT " + statement.enquoteLiteral(text))).isEqualTo(text);
            assertThat(client.value("SELECT " + statement.enquoteNCharLiteral(text)))
                    .isEqualTo(text);
            assertThat(statement.isSimpleIdentifier("a1_")).isTrue();
            assertThat(statement.isSimpleIdentifier("1a")).isFalse();
            assertThat(statement.isSimpleIdentifier("Order")).isFalse();
            assertThat(statement.enquoteIdentifier("a1", false)).isEqualTo("a1");
            String name = statement.enquoteIdentifier("a b", false);
            client.run("CREATE TABLE " + name + " (" + statement.enquoteIdentifier("order", false) + " INT)");
            assertThat(client.rows("SELECT \"order\" FROM \"a b\"")).isEmpty();
            assertThatThrownBy(() -> statement.enquoteIdentifier("", true)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void statementClosesWithItsLastResult() throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        assertThat(statement.isCloseOnCompletion()).isTrue();
        statement.executeQuery("SELECT 1").close();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void openResultsCanBeKept() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1; SELECT 2; SELECT 3; SELECT 4"))
                    .isTrue();
            ResultSet first = statement.getResultSet();
            assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isTrue();
            assertThat(first.next()).isTrue();
            ResultSet second = statement.getResultSet();
            assertThat(statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT)).isTrue();
            assertThat(first.isClosed()).isFalse();
            assertThat(second.isClosed()).isTrue();
            ResultSet third = statement.getResultSet();
            assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isTrue();
            assertThat(first.isClosed()).isTrue();
            assertThat(third.isClosed()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
            assertThatThrownBy(() -> statement.getMoreResults(99)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void poolsMayAskWhetherAStatementIsWorthKeeping() throws SQLException {
        try (Statement plain = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT 1")) {
            assertThat(plain.isPoolable()).isFalse();
            assertThat(prepared.isPoolable()).isTrue();
            plain.setPoolable(true);
            assertThat(plain.isPoolable()).isTrue();
        }
    }

    @Test
    void xmlIsTextInTheDatabase() throws Exception {
        SQLXML xml = connection.createSQLXML();
        assertThatThrownBy(xml::getString).isInstanceOf(SQLException.class);
        xml.setString("<a><b>1</b></a>");
        try (PreparedStatement update = connection.prepareStatement("UPDATE t SET text = ?")) {
            update.setSQLXML(1, xml);
            update.executeUpdate();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT text FROM t")) {
            rows.next();
            SQLXML read = rows.getSQLXML(1);
            assertThat(read.getString()).isEqualTo("<a><b>1</b></a>");
            assertThat(read.getBinaryStream().readAllBytes())
                    .isEqualTo("<a><b>1</b></a>".getBytes(StandardCharsets.UTF_8));
            Document document = (Document) read.getSource(DOMSource.class).getNode();
            assertThat(document.getDocumentElement().getTextContent()).isEqualTo("1");
            assertThat(read.getSource(SAXSource.class).getXMLReader()).isNotNull();
            assertThat(read.getSource(StreamSource.class).getReader()).isNotNull();
            XMLStreamReader stream = read.getSource(StAXSource.class).getXMLStreamReader();
            stream.nextTag();
            assertThat(stream.getLocalName()).isEqualTo("a");
            assertThatThrownBy(() -> read.setString("<c/>")).isInstanceOf(SQLException.class);
            read.free();
            assertThatThrownBy(read::getString).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void xmlIsWrittenInEveryForm() throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
        document.appendChild(document.createElement("a"));
        SQLXML dom = connection.createSQLXML();
        dom.setResult(DOMResult.class).setNode(document);
        assertThat(dom.getString()).isEqualTo("<a/>");

        SQLXML sax = connection.createSQLXML();
        TransformerFactory.newInstance()
                .newTransformer()
                .transform(new StreamSource(new StringReader("<a/>")), sax.setResult(SAXResult.class));
        assertThat(sax.getString()).endsWith("<a/>");

        SQLXML stax = connection.createSQLXML();
        XMLStreamWriter writer = stax.setResult(StAXResult.class).getXMLStreamWriter();
        writer.writeEmptyElement("a");
        writer.writeEndDocument();
        writer.close();
        assertThat(stax.getString()).isEqualTo("<a/>");

        SQLXML stream = connection.createSQLXML();
        stream.setResult(StreamResult.class).getWriter().write("<a/>");
        assertThat(stream.getString()).isEqualTo("<a/>");
        SQLXML bytes = connection.createSQLXML();
        bytes.setBinaryStream().write("<ä/>".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.getString()).isEqualTo("<ä/>");
        SQLXML characters = connection.createSQLXML();
        characters.setCharacterStream().write("<a/>");
        assertThat(characters.getString()).isEqualTo("<a/>");
    }

    @Test
    void xmlLoadsNothingFromOutside() throws SQLException {
        SQLXML xml = connection.createSQLXML();
        xml.setString("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>");
        assertThatThrownBy(() -> xml.getSource(DOMSource.class)).isInstanceOf(SQLException.class);
    }
}
