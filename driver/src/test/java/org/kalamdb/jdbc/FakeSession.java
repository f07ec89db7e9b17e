// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.Branches;
import org.kalamdb.engine.Database;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.ParameterInfo;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.StatementKind;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.engine.Updatability;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.jdbc.cursor.MemoryCursor;
import org.kalamdb.jdbc.settings.ConnectionSettings;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.kalamdb.type.KalamDataType;

/** A session whose statements answer what a test lays down for them, and that notes what it was asked. */
final class FakeSession implements Session {
    final List<String> log = new ArrayList<>();
    final List<@Nullable Object[]> boundParameters = new ArrayList<>();
    final List<FakeCursor> cursors = new ArrayList<>();
    final Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
    volatile boolean cancelled;
    private final Map<String, Statement> statements = new HashMap<>();
    private String namespace = "main";
    private boolean autoCommit = true;
    private TransactionSettings transactions = TransactionSettings.DEFAULT;
    private boolean inTransaction;
    private boolean closed;

    record Statement(
            StatementKind kind,
            List<ResultColumn> columns,
            List<ParameterInfo> parameters,
            Function<@Nullable Object[], StatementResult> run) {}

    JdbcConnection connect() throws Exception {
        return connect("jdbc:kalamdb:mem:fake");
    }

    JdbcConnection connect(String url) throws Exception {
        ConnectionSettings settings = ConnectionSettings.of(url, new Properties());
        transactions = settings.sessionConfig().transactions();
        return JdbcConnection.open(this, settings);
    }

    /** {@code sql} answers rows of stored values, in batches of at most {@code batchRows}. */
    FakeSession query(String sql, int batchRows, List<ResultColumn> columns, @Nullable Object[]... rows) {
        statements.put(
                sql,
                new Statement(
                        StatementKind.QUERY,
                        columns,
                        List.of(),
                        parameters -> new StatementResult.Rows(cursor(columns, batchRows, rows))));
        return this;
    }

    FakeSession query(String sql, List<ResultColumn> columns, @Nullable Object[]... rows) {
        return query(sql, 1024, columns, rows);
    }

    FakeSession update(String sql, long count) {
        return update(sql, List.of(), parameters -> new StatementResult.Update(count, null));
    }

    FakeSession update(String sql, List<KalamDataType> parameters, Function<@Nullable Object[], StatementResult> run) {
        List<ParameterInfo> infos =
                parameters.stream().map(type -> new ParameterInfo(type, true)).toList();
        statements.put(sql, new Statement(StatementKind.DML, List.of(), infos, run));
        return this;
    }

    FakeSession fails(String sql, RuntimeException failure) {
        return update(sql, List.of(), parameters -> {
            throw failure;
        });
    }

    FakeCursor cursor(List<ResultColumn> columns, int batchRows, @Nullable Object[]... rows) {
        FakeCursor cursor = new FakeCursor(columns, batchRows, Arrays.asList(rows));
        cursors.add(cursor);
        return cursor;
    }

    static ResultColumn column(String name, KalamDataType type) {
        return new ResultColumn(name, type, true, null, null);
    }

    /** Rows in small batches; a batch is spoiled when the next is asked for, as the contract allows. */
    final class FakeCursor implements ResultCursor {
        private final List<ResultColumn> columns;
        private final int batchRows;
        private final List<@Nullable Object[]> rows;
        private int position;

        @Nullable
        RuntimeException failure;

        boolean closed;

        FakeCursor(List<ResultColumn> columns, int batchRows, List<@Nullable Object[]> rows) {
            this.columns = columns;
            this.batchRows = batchRows;
            this.rows = rows;
        }

        @Override
        public List<ResultColumn> columns() {
            return columns;
        }

        @Override
        public @Nullable ColumnBatch next() {
            if (failure != null) {
                throw failure;
            }
            int end = Math.min(position + batchRows, rows.size());
            ColumnBatch batch = new MemoryCursor(columns, new ArrayList<>(rows.subList(position, end))).next();
            position = end;
            return batch;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public List<String> split(String script) {
        return Arrays.stream(script.split(";"))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Override
    public PreparedQuery prepare(String sql, GeneratedKeys generatedKeys) {
        log.add("prepare " + sql + (generatedKeys == GeneratedKeys.NONE ? "" : " keys " + generatedKeys));
        Statement statement = statements.get(sql);
        if (statement == null) {
            throw new KalamException(ErrorCode.SYNTAX_ERROR, "Cannot parse the statement, got: " + sql);
        }
        return new PreparedQuery() {
            @Override
            public StatementKind kind() {
                return statement.kind();
            }

            @Override
            public List<ResultColumn> columns() {
                return statement.columns();
            }

            @Override
            public List<ParameterInfo> parameters() {
                return statement.parameters();
            }

            @Override
            public Updatability updatability() {
                return new Updatability.ReadOnly("it is a fake");
            }

            @Override
            public StatementResult execute(@Nullable Object[] parameters) {
                log.add("execute " + sql);
                inTransaction |= !autoCommit;
                boundParameters.add(parameters);
                return statement.run().apply(parameters);
            }

            @Override
            public BatchResult executeBatch(ColumnBatch entries) {
                throw new UnsupportedOperationException("No columns of parameters");
            }

            @Override
            public BatchResult executeBatch(List<@Nullable Object[]> entries) {
                log.add("batch of " + entries.size());
                long[] counts = new long[entries.size()];
                List<ResultCursor> keys = new ArrayList<>();
                for (int i = 0; i < counts.length; i++) {
                    try {
                        StatementResult.Update update = (StatementResult.Update) execute(entries.get(i));
                        counts[i] = update.count();
                        if (update.generatedKeys() != null) {
                            keys.add(update.generatedKeys());
                        }
                    } catch (KalamException e) {
                        return BatchResult.failed(Arrays.copyOf(counts, i), e);
                    }
                }
                return BatchResult.complete(counts, keys.isEmpty() ? null : keys.get(0));
            }

            @Override
            public void close() {
                log.add("close " + sql);
            }
        };
    }

    @Override
    public String user() {
        return "root";
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public void setNamespace(String namespace) {
        if (namespace.equals("missing")) {
            throw new KalamException(ErrorCode.NAMESPACE_NOT_FOUND, "Namespace \"missing\" does not exist");
        }
        this.namespace = namespace;
    }

    @Override
    public boolean autoCommit() {
        return autoCommit;
    }

    @Override
    public void setAutoCommit(boolean autoCommit) {
        log.add("autoCommit " + autoCommit);
        this.autoCommit = autoCommit;
    }

    @Override
    public TransactionSettings transactionSettings() {
        return transactions;
    }

    @Override
    public void setTransactionSettings(TransactionSettings settings) {
        transactions = settings;
    }

    @Override
    public TransactionSettings currentTransactionSettings() {
        return transactions;
    }

    @Override
    public boolean inTransaction() {
        return inTransaction;
    }

    void beginBySql() {
        inTransaction = true;
    }

    @Override
    public void commit() {
        log.add("commit");
        inTransaction = false;
    }

    @Override
    public void rollback() {
        log.add("rollback");
        inTransaction = false;
    }

    @Override
    public void setSavepoint(String name) {
        log.add("savepoint " + name);
    }

    @Override
    public void rollbackToSavepoint(String name) {
        log.add("rollback to " + name);
    }

    @Override
    public void releaseSavepoint(String name) {
        log.add("release " + name);
    }

    @Override
    public PreparedQuery prepareToRun(String sql, GeneratedKeys generatedKeys) {
        return prepare(sql, generatedKeys);
    }

    @Override
    public void armCancel() {}

    @Override
    public void cancel() {
        cancelled = true;
        log.add("cancel");
    }

    @Override
    public void setStatementTimeoutMillis(long millis) {
        log.add("timeout " + millis);
    }

    @Override
    public Introspection introspection() {
        return new Introspection(catalog);
    }

    @Override
    public Database database() {
        throw new UnsupportedOperationException("A fake has no database");
    }

    @Override
    public boolean isPlainName(String word) {
        return true;
    }

    @Override
    public Branches branches() {
        throw new AssertionError("Nobody has asked for branches");
    }

    @Override
    public void reset() {
        log.add("reset");
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        log.add("close session");
    }
}
