// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.ddl.DdlContext;
import org.kalamdb.ddl.DefinitionRunner;
import org.kalamdb.dml.ModificationPlan;
import org.kalamdb.dml.Returning;
import org.kalamdb.dml.WriteContext;
import org.kalamdb.dml.WrittenRows;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.RuntimeErrors;
import org.kalamdb.function.SnowflakeGenerator;
import org.kalamdb.function.StatementContext;
import org.kalamdb.introspection.IntrospectionTable;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.Definition;
import org.kalamdb.sql.Inspection;
import org.kalamdb.sql.Modification;
import org.kalamdb.sql.SessionControl;
import org.kalamdb.sql.Statement;
import org.kalamdb.sql.TransactionControl;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;

/** Runs the statements of a session, each in its own transaction or in the session's. Confined to one thread. */
final class StatementRunner {
    /** How often a statement that is its own transaction is run again after a concurrent change got in its way. */
    private static final int MAX_ATTEMPTS = 100;

    private static final String ROLE = "system";

    private final EngineSession session;
    private final OpenDatabase database;
    private final Set<ResultCursor> cursors = new HashSet<>();

    /** The wish to stop the running statement, and the cursor it has opened. */
    private AtomicBoolean cancelled = new AtomicBoolean();

    StatementRunner(EngineSession session, OpenDatabase database) {
        this.session = session;
        this.database = database;
    }

    StatementResult run(EngineQuery query, @Nullable Object[] parameters) {
        cancelled = session.startStatement();
        PlannedStatement planned = query.currentPlan();
        if (planned instanceof PlannedStatement.OfQuery ofQuery) {
            return new StatementResult.Rows(open(ofQuery, query.internalValues(parameters)));
        }
        if (planned instanceof PlannedStatement.OfModification) {
            return modify(query, parameters);
        }
        if (planned instanceof PlannedStatement.OfExplain explain) {
            Stream<@Nullable Object[]> lines = explain.lines().stream().map(line -> new @Nullable Object[] {line});
            return new StatementResult.Rows(new RowsCursor(explain.columns(), lines.iterator(), lines::close));
        }
        return command(((PlannedStatement.OfCommand) planned).statement());
    }

    /** Closes what the session's clients have left open. */
    void closeCursors() {
        List.copyOf(cursors).forEach(ResultCursor::close);
    }

    private ResultCursor open(PlannedStatement.OfQuery query, @Nullable Object[] parameters) {
        SessionTransaction sessionTransaction = session.transaction();
        Transaction transaction =
                sessionTransaction == null ? database.transactions().begin() : sessionTransaction.transaction();
        try {
            ResultCursor rows = query.query().open(context(transaction, parameters));
            SessionCursor cursor = new SessionCursor(rows, closing -> {
                cursors.remove(closing);
                if (sessionTransaction == null) {
                    transaction.close();
                } else {
                    sessionTransaction.closed(closing);
                }
            });
            cursors.add(cursor);
            if (sessionTransaction != null) {
                sessionTransaction.opened(cursor);
            }
            return cursor;
        } catch (RuntimeException | Error e) {
            if (sessionTransaction == null) {
                transaction.close();
            }
            throw RuntimeErrors.translate(e);
        }
    }

    private StatementResult modify(EngineQuery query, @Nullable Object[] parameters) {
        SessionTransaction sessionTransaction = session.transaction();
        if (session.readOnly() || sessionTransaction != null && sessionTransaction.readOnly()) {
            throw new KalamException(ErrorCode.READ_ONLY, "Cannot change rows: the transaction is read-only");
        }
        if (sessionTransaction != null) {
            return modifyWithin(query, parameters, sessionTransaction.transaction());
        }
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = database.transactions().begin()) {
                StatementResult result = modifyOnce(query, parameters, transaction);
                transaction.commit();
                return result;
            } catch (KalamException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private StatementResult modifyWithin(EngineQuery query, @Nullable Object[] parameters, Transaction transaction) {
        Savepoint start = transaction.savepoint();
        boolean done = false;
        try {
            StatementResult result = modifyOnce(query, parameters, transaction);
            done = true;
            return result;
        } finally {
            if (!done) {
                transaction.rollbackTo(start);
            }
            transaction.release(start);
        }
    }

    private StatementResult modifyOnce(EngineQuery query, @Nullable Object[] parameters, Transaction transaction) {
        PlannedStatement.OfModification planned = (PlannedStatement.OfModification) query.currentPlan();
        try {
            return modifyOnce(planned, query.internalValues(parameters), transaction);
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
    }

    private StatementResult modifyOnce(
            PlannedStatement.OfModification planned, @Nullable Object[] parameters, Transaction transaction) {
        ModificationPlan plan = planned.plan();
        QueryContext context = context(transaction, parameters);
        WrittenRows written = plan.run(
                new WriteContext(context, transaction, database.tables(), database.sequences(), session.user()));
        Returning returning = plan.returning();
        if (returning == null) {
            return new StatementResult.Update(written.count(), null);
        }
        ResultCursor rows = materialized(returning.open(context, written));
        return planned.returnsRows()
                ? new StatementResult.Rows(rows)
                : new StatementResult.Update(written.count(), rows);
    }

    /** The same rows, independent of the transaction they were read in. */
    private static ResultCursor materialized(ResultCursor cursor) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (cursor) {
            for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    @Nullable
                    Object[] values = new @Nullable Object[batch.columns().size()];
                    for (int column = 0; column < values.length; column++) {
                        values[column] = batch.column(column).storedValue(row);
                    }
                    rows.add(values);
                }
            }
        }
        return new RowsCursor(cursor.columns(), rows.iterator(), () -> {});
    }

    private StatementResult command(Statement statement) {
        if (statement instanceof Definition definition) {
            return define(definition);
        }
        if (statement instanceof Inspection inspection) {
            IntrospectionTable table = database.planner().inspections().of(inspection, session.namespace());
            Stream<@Nullable Object[]> rows = table.rows();
            return new StatementResult.Rows(new RowsCursor(
                    table.columns().stream().map(StatementPlanner::resultColumn).toList(),
                    rows.iterator(),
                    rows::close));
        }
        if (statement instanceof TransactionControl control) {
            control(control);
        } else if (statement instanceof SessionControl.UseNamespace use) {
            session.setNamespace(ObjectNames.simple(use.name()));
        } else {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(statement.position()),
                    "Unsupported statement: there is no such setting",
                    null);
        }
        return new StatementResult.Update(0, null);
    }

    private void control(TransactionControl control) {
        if (control instanceof TransactionControl.Begin begin) {
            if (begin.mode().isolationLevel() == TransactionControl.IsolationLevel.SERIALIZABLE) {
                throw new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        ObjectNames.position(begin.position()),
                        "Unsupported isolation level SERIALIZABLE: transactions read one snapshot, as in REPEATABLE READ",
                        null);
            }
            session.begin(Boolean.TRUE.equals(begin.mode().readOnly()));
        } else if (control instanceof TransactionControl.Commit) {
            session.commit();
        } else if (control instanceof TransactionControl.Rollback) {
            session.rollback();
        } else if (control instanceof TransactionControl.Savepoint savepoint) {
            if (!session.inTransaction() && session.autoCommit()) {
                throw new KalamException(ErrorCode.NO_TRANSACTION, "SAVEPOINT needs a transaction: say BEGIN first");
            }
            session.setSavepoint(ObjectNames.simple(savepoint.name()));
        } else if (control instanceof TransactionControl.RollbackToSavepoint rollback) {
            session.rollbackToSavepoint(ObjectNames.simple(rollback.name()));
        } else if (control instanceof TransactionControl.ReleaseSavepoint release) {
            session.releaseSavepoint(ObjectNames.simple(release.name()));
        } else {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(control.position()),
                    "Unsupported statement SET TRANSACTION: transactions read one snapshot; say BEGIN READ ONLY for a"
                            + " read-only one",
                    null);
        }
    }

    /** DDL commits the open transaction and is a transaction of its own. */
    private StatementResult define(Definition statement) {
        if (session.readOnly()) {
            throw new KalamException(ErrorCode.READ_ONLY, "Cannot change the catalog: the session is read-only");
        }
        session.commit();
        Optional<TableDefinition> toFill;
        try (Transaction transaction = database.transactions().begin()) {
            toFill = new DefinitionRunner(new DdlContext(
                            database.catalog(),
                            database.catalogLock(),
                            database.tables(),
                            database.planner().queryPlanner(session.namespace()),
                            context(transaction, new @Nullable Object[0]),
                            session.namespace(),
                            Instant.now()))
                    .run(statement);
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
        return new StatementResult.Update(
                toFill.map(table -> fill(table, statement)).orElse(0L), null);
    }

    /** The rows of CREATE TABLE ... AS; the table goes again if they cannot be had. */
    private long fill(TableDefinition table, Definition statement) {
        Definition.TableQuery query = ((Definition.CreateTable) statement).query();
        if (query == null || !query.withData()) {
            return 0;
        }
        SqlParserPos pos = statement.position();
        List<SqlIdentifier> columns = table
                .columns()
                .subList(
                        ((Definition.CreateTable) statement).columns().size(),
                        table.columns().size())
                .stream()
                .map(column -> new SqlIdentifier(column.name(), pos))
                .toList();
        TableId id = table.id();
        Modification.Insert insert = new Modification.Insert(
                pos,
                new SqlIdentifier(List.of(id.namespace(), id.name()), pos),
                null,
                columns,
                new Modification.InsertSource.FromQuery(query.node()),
                Modification.Overriding.NONE,
                null,
                List.of());
        try (Transaction transaction = database.transactions().begin()) {
            PlannedStatement.OfModification planned = (PlannedStatement.OfModification)
                    database.planner().plan(insert, session.namespace(), GeneratedKeys.NONE);
            StatementResult.Update result =
                    (StatementResult.Update) modifyOnce(planned, new @Nullable Object[0], transaction);
            transaction.commit();
            return result.count();
        } catch (RuntimeException | Error e) {
            database.catalogLock().exclusively(() -> {
                database.tables().dropRows(database.catalog().dropTable(id).objectId());
                database.catalog().forgetDroppedTable(table.objectId());
            });
            throw RuntimeErrors.translate(e);
        }
    }

    private QueryContext context(Transaction transaction, @Nullable Object[] parameters) {
        long deadline = session.timeoutMillis() == 0
                ? Long.MAX_VALUE
                : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(session.timeoutMillis());
        SessionRows rows =
                new SessionRows(database.tables(), transaction, session.user(), database.systemRows(), cancelled::get);
        return new QueryContext(rows, statementContext(), parameters, cancelled, deadline);
    }

    private StatementContext statementContext() {
        Instant now = Instant.now();
        long micros = Math.addExact(TimeUnit.SECONDS.toMicros(now.getEpochSecond()), now.getNano() / 1_000);
        return new RunningStatement(micros, session.user(), ROLE, session.namespace(), database.snowflakes());
    }

    private record RunningStatement(
            long startMicros, String user, String role, String namespace, SnowflakeGenerator snowflakes)
            implements StatementContext {}
}
