// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles every example in Java of the documents as it stands there, and runs it. */
final class DocumentedJavaTest {
    private static final List<Path> DOCUMENTS =
            List.of(Path.of("..", "README.md"), Path.of("..", "docs", "jdbc.md"), Path.of("..", "docs", "bi-tools.md"));

    /** What examples leave to the reader. Star imports of two packages must not have types of one name. */
    private static final String IMPORTS = Stream.of(
                    "com.zaxxer.hikari.HikariConfig",
                    "com.zaxxer.hikari.HikariDataSource",
                    "java.math.BigDecimal",
                    "java.sql.*",
                    "java.time.OffsetDateTime",
                    "java.util.List",
                    "javax.sql.XAConnection",
                    "javax.transaction.xa.XAResource",
                    "liquibase.Liquibase",
                    "liquibase.database.Database",
                    "liquibase.database.DatabaseFactory",
                    "liquibase.database.jvm.JdbcConnection",
                    "liquibase.resource.ClassLoaderResourceAccessor",
                    "org.apache.arrow.memory.BufferAllocator",
                    "org.apache.arrow.memory.RootAllocator",
                    "org.apache.arrow.vector.VectorSchemaRoot",
                    "org.apache.arrow.vector.ipc.ArrowFileReader",
                    "org.apache.arrow.vector.ipc.ArrowReader",
                    "org.apache.calcite.adapter.jdbc.JdbcSchema",
                    "org.apache.calcite.avatica.jdbc.JdbcMeta",
                    "org.apache.calcite.avatica.remote.Driver.Serialization",
                    "org.apache.calcite.avatica.remote.LocalService",
                    "org.apache.calcite.avatica.server.HttpServer",
                    "org.apache.calcite.schema.SchemaPlus",
                    "org.apache.commons.dbcp2.BasicDataSource",
                    "org.apache.ibatis.annotations.Insert",
                    "org.apache.ibatis.annotations.Param",
                    "org.apache.ibatis.annotations.Select",
                    "org.apache.ibatis.datasource.pooled.PooledDataSource",
                    "org.apache.ibatis.mapping.Environment",
                    "org.apache.ibatis.session.Configuration",
                    "org.apache.ibatis.session.SqlSession",
                    "org.apache.ibatis.session.SqlSessionFactory",
                    "org.apache.ibatis.session.SqlSessionFactoryBuilder",
                    "org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory",
                    "org.flywaydb.core.Flyway",
                    "org.hibernate.SessionFactory",
                    "org.hibernate.jpa.HibernatePersistenceConfiguration",
                    "org.jdbi.v3.core.Jdbi",
                    "org.jooq.DSLContext",
                    "org.jooq.SQLDialect",
                    "org.jooq.impl.DSL",
                    "org.kalamdb.arrow.ArrowInserts",
                    "org.kalamdb.arrow.ArrowResults",
                    "org.kalamdb.jdbc.KalamDataSource",
                    "org.kalamdb.tck.docs.Note",
                    "org.springframework.jdbc.core.JdbcTemplate",
                    "org.springframework.jdbc.core.simple.JdbcClient",
                    "org.springframework.jdbc.support.JdbcTransactionManager",
                    "org.springframework.transaction.support.TransactionTemplate",
                    "schemacrawler.schema.Catalog",
                    "schemacrawler.schema.Table",
                    "schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder",
                    "schemacrawler.tools.utility.SchemaCrawlerUtility",
                    "us.fatehi.utility.datasource.DatabaseConnectionSource",
                    "us.fatehi.utility.datasource.DatabaseConnectionSources",
                    "us.fatehi.utility.datasource.MultiUseUserCredentials")
            .map(type -> "import " + type + ";\n")
            .reduce("", String::concat);

    /** Held, so that its level stays: some libraries tell of each step. */
    private static final Logger LOG = Logger.getLogger("");

    private static final Level LEVEL = LOG.getLevel();

    @TempDir
    private Path folder;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.SEVERE);
        System.setProperty("liquibase.analytics.enabled", "false");
        System.setProperty("liquibase.showSummaryOutput", "LOG");
    }

    @AfterAll
    static void beLoudAgain() {
        LOG.setLevel(LEVEL);
    }

    /**
     * An example.
     *
     * @param place document and line
     * @param code statements
     */
    record Example(String place, String code) {
        /** Arrow's files need an option of the JVM, which the document says. */
        private boolean isOnlyCompiled() {
            return code.contains("ArrowFileReader");
        }

        /** Flyway begins with a database that holds nothing. */
        private boolean hasTables() {
            return !code.contains("Flyway");
        }

        private String source(String url) {
            String here = code.replaceAll("\"jdbc:kalamdb:[^\"]*\"", '"' + url + '"')
                    .replace("classpath:migrations", "classpath:migrations/good");
            return IMPORTS + "public final class Example extends " + ExampleContext.class.getName() + " {\n"
                    + "@Override public void run() throws Exception {\n" + here + "\n}\n}\n";
        }

        @Override
        public String toString() {
            return place;
        }
    }

    static List<Example> examples() throws Exception {
        List<Example> examples = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            List<String> lines = Files.readAllLines(document);
            for (int start = 0; start < lines.size(); start++) {
                if (lines.get(start).equals("```java")) {
                    int end = start + lines.subList(start, lines.size()).indexOf("```");
                    examples.add(new Example(
                            document.getFileName() + ":" + (start + 1),
                            String.join("\n", lines.subList(start + 1, end))));
                    start = end;
                }
            }
        }
        return examples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void exampleRuns(Example example) throws Exception {
        String url = "jdbc:kalamdb:mem:example" + example.place().hashCode();
        compile(example.source(url));
        if (!example.isOnlyCompiled()) {
            try (Connection connection = DriverManager.getConnection(url);
                    URLClassLoader loader = new URLClassLoader(
                            new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
                if (example.hasTables()) {
                    createTables(connection);
                }
                run(connection, url, loader);
            }
        }
    }

    private void compile(String source) throws Exception {
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK is needed");
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString(), "-cp", classPath),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(messages::toString).isTrue();
        }
    }

    private static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY AUTO_INCREMENT, title TEXT, created DATETIME,"
                    + " body TEXT)");
            statement.execute("CREATE TABLE items (id INT PRIMARY KEY, price DECIMAL(8, 2))");
            statement.execute("CREATE TABLE accounts (id INT PRIMARY KEY, balance INT)");
            statement.execute("INSERT INTO items VALUES (1, 9.99), (2, 10.00)");
            statement.execute("INSERT INTO accounts VALUES (1, 100)");
        }
    }

    /** Runs it; what it prints is not for the reader of test results. */
    private static void run(Connection connection, String url, ClassLoader loader) throws Exception {
        PrintStream console = System.out;
        try (ExampleContext example = (ExampleContext)
                loader.loadClass("Example").getDeclaredConstructor().newInstance()) {
            System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            example.open(connection, url);
            example.run();
        } finally {
            System.setOut(console);
        }
    }
}
