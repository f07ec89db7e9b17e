// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.copy.Export;
import org.kalamdb.ddl.DdlContext;
import org.kalamdb.ddl.DefinitionRunner;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.command.AnalyzeCommands;
import org.kalamdb.engine.command.BackupCommands;
import org.kalamdb.engine.command.CheckCommands;
import org.kalamdb.engine.command.RowsCursor;
import org.kalamdb.engine.command.StorageCommands;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.PlannedStatement;
import org.kalamdb.engine.planning.StatementPlanner;
import org.kalamdb.engine.setting.Settings;
import org.kalamdb.engine.transaction.Branch;
import org.kalamdb.engine.transaction.BranchCursor;
import org.kalamdb.engine.transaction.SessionTransaction;
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
import org.kalamdb.sql.AnalyzeCommand;
import org.kalamdb.sql.BackupCommand;
import org.kalamdb.sql.CheckCommand;
import org.kalamdb.sql.Definition;
import org.kalamdb.sql.Inspection;
import org.kalamdb.sql.Modification;
import org.kalamdb.sql.SessionControl;
import org.kalamdb.sql.Statement;
import org.kalamdb.sql.StorageCommand;
import org.kalamdb.sql.TransactionControl;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Transaction;

/** Runs the statements of a session, each in its own transaction or in the session's. Confined to one thread. */
final class StatementRunner {
    private static final String ROLE = "system";

    private final EngineSession session;
    private final OpenDatabase database;
    private final TransactionCommands transactionCommands;
    private final ModificationRunner modifications;
    private final Set<ResultCursor> cursors = new HashSet<>();

    /** The wish to stop the running statement, and the cursor it has opened. */
    private AtomicBoolean cancelled = new AtomicBoolean();

    /** While EXPLAIN ANALYZE runs a statement. */
    private @Nullable Analysis analysis;

    /** When the running statement is to stop by itself, in {@link System#nanoTime()}. */
    private long deadlineNanos = Long.MAX_VALUE;

    StatementRunner(EngineSession session, OpenDatabase database) {
        this.session = session;
        this.database = database;
        this.transactionCommands = new TransactionCommands(session);
        this.modifications = new ModificationRunner(session, database, this::context, this::explaining);
    }

    StatementResult run(EngineQuery query, @Nullable Object[] parameters) {
        start();
        Branch used = session.useBranch();
        try {
            return runStarted(query, parameters);
        } finally {
            if (used != null) {
                used.pause();
            }
        }
    }

    /** Runs a statement that answers no rows once for each entry. */
    BatchResult runBatch(EngineQuery query, BatchEntries entries) {
        start();
        Branch used = session.useBranch();
        try {
            return runStartedBatch(query, entries);
        } finally {
            if (used != null) {
                used.pause();
            }
        }
    }

    private BatchResult runStartedBatch(EngineQuery query, BatchEntries entries) {
        boolean modifies = query.currentPlan() instanceof PlannedStatement.OfModification;
        if (entries instanceof BatchEntries.OfColumns columns) {
            if (!modifies) {
                throw new KalamException(
                        ErrorCode.NOT_SUPPORTED,
                        "Cannot run a statement that changes no rows with columns of parameters: run it by itself");
            }
            columns.requireFit(query.parameters());
        }
        if (!modifies && entries instanceof BatchEntries.OfRows rows) {
            return BatchEntries.oneByOne(
                    rows.size(), entry -> runStarted(query, rows.entries().get(entry)));
        }
        SessionTransaction within = session.transaction();
        return within == null
                ? modifications.batchAlone(query, entries)
                : modifications.batchWithin(query, entries, within);
    }

    private void start() {
        cancelled = session.startStatement();
        deadlineNanos = session.deadlineNanos();
    }

    private StatementResult runStarted(EngineQuery query, @Nullable Object[] parameters) {
        PlannedStatement planned = query.currentPlan();
        if (planned instanceof PlannedStatement.OfCommand command) {
            return command(command.statement());
        }
        if (planned instanceof PlannedStatement.OfExplain explain) {
            return explain.analyze() ? analyzed(query, explain, parameters) : Analysis.planOf(explain);
        }
        return run(query, planned, parameters);
    }

    private StatementResult run(EngineQuery query, PlannedStatement planned, @Nullable Object[] parameters) {
        SessionTransaction within = session.transaction();
        if (planned instanceof PlannedStatement.OfExport export) {
            return new StatementResult.Update(export(export, query.internalValues(parameters), within), null);
        }
        if (within == null) {
            return planned instanceof PlannedStatement.OfQuery alone
                    ? new StatementResult.Rows(openAlone(alone, query.internalValues(parameters)))
                    : modifications.alone(query, parameters);
        }
        try {
            return planned instanceof PlannedStatement.OfQuery part
                    ? new StatementResult.Rows(openWithin(part, query.internalValues(parameters), within))
                    : modifications.within(query, parameters, within);
        } catch (KalamException e) {
            within.statementFailed(e);
            throw e;
        }
    }

    /** EXPLAIN ANALYZE: the statement does what it does without it, but answers how. */
    private StatementResult analyzed(
            EngineQuery query, PlannedStatement.OfExplain explain, @Nullable Object[] parameters) {
        Analysis running = new Analysis(explain);
        analysis = running;
        try {
            return running.finish(run(query, explain.explained(), parameters));
        } finally {
            analysis = null;
        }
    }

    /** A statement under EXPLAIN ANALYZE is run, perhaps not for the first time. */
    private void explaining(PlannedStatement.OfExplain explain) {
        if (analysis != null) {
            analysis.startAgain(explain);
        }
    }

    /** Whether a result is open that has not been read to its end. */
    boolean hasCursors() {
        return !cursors.isEmpty();
    }

    /** Closes what the session's clients have left open. */
    void closeCursors() {
        List.copyOf(cursors).forEach(ResultCursor::close);
    }

    private long export(
            PlannedStatement.OfExport export, @Nullable Object[] parameters, @Nullable SessionTransaction within) {
        try (ResultCursor rows = within == null
                ? openAlone(export.query(), parameters)
                : openWithin(export.query(), parameters, within)) {
            return Export.write(rows, export.file());
        } catch (RuntimeException | Error e) {
            RuntimeException translated = RuntimeErrors.translate(e);
            if (within != null && translated instanceof KalamException failure) {
                within.statementFailed(failure);
            }
            throw translated;
        }
    }

    /** A statement that reads one snapshot needs no stronger level. */
    private ResultCursor openAlone(PlannedStatement.OfQuery query, @Nullable Object[] parameters) {
        Transaction transaction = database.transactions()
                .begin(session.transactionSettings().withIsolation(IsolationLevel.READ_COMMITTED));
        try {
            return open(query, parameters, transaction, cursor -> transaction.close());
        } catch (RuntimeException | Error e) {
            transaction.close();
            throw e;
        }
    }

    private ResultCursor openWithin(
            PlannedStatement.OfQuery query, @Nullable Object[] parameters, SessionTransaction within) {
        ResultCursor cursor = open(query, parameters, within.start(), within::closed);
        within.opened(cursor);
        Branch branch = session.branch();
        return branch == null ? cursor : new BranchCursor(cursor, branch, session);
    }

    private ResultCursor open(
            PlannedStatement.OfQuery query,
            @Nullable Object[] parameters,
            Transaction transaction,
            Consumer<ResultCursor> onClose) {
        ReadView view = transaction.startStatement();
        try {
            if (query.betweenCommits()) {
                view.snapshotBetweenCommits();
            }
            ResultCursor rows = query.query().open(context(view, parameters));
            SessionCursor cursor = new SessionCursor(rows, closing -> {
                cursors.remove(closing);
                view.close();
                onClose.accept(closing);
            });
            cursors.add(cursor);
            return cursor;
        } catch (RuntimeException | Error e) {
            view.close();
            throw RuntimeErrors.translate(e);
        }
    }

    /** Remembers that rows are still to be read. */
    private ResultCursor track(ResultCursor rows) {
        SessionCursor cursor = new SessionCursor(rows, cursors::remove);
        cursors.add(cursor);
        return cursor;
    }

    private StatementResult command(Statement statement) {
        if (statement instanceof TransactionControl control) {
            transactionCommands.run(control);
            return new StatementResult.Update(0, null);
        }
        session.requireNotFailed();
        if (statement instanceof Definition definition) {
            return define(definition);
        }
        if (statement instanceof StorageCommand storage) {
            session.requireWritable("move rows");
            return new StorageCommands(database, cancellation()).run(storage, session.namespace());
        }
        if (statement instanceof BackupCommand backup) {
            return backUpOrRestore(backup);
        }
        if (statement instanceof AnalyzeCommand analyze) {
            session.requireWritable("keep statistics");
            new AnalyzeCommands(database, cancellation()).run(analyze, session.namespace());
            return new StatementResult.Update(0, null);
        }
        if (statement instanceof CheckCommand check) {
            return new CheckCommands(database, cancellation()).run(check, session.namespace());
        }
        if (statement instanceof Inspection.ShowVariable show) {
            return new StatementResult.Rows(new RowsCursor(
                    Settings.columns(show), Settings.rows(show, session).iterator(), () -> {}));
        }
        if (statement instanceof Inspection inspection) {
            IntrospectionTable table = database.planner().inspections().of(inspection, session.namespace());
            Stream<@Nullable Object[]> rows = table.rows();
            return new StatementResult.Rows(track(new RowsCursor(
                    table.columns().stream().map(StatementPlanner::resultColumn).toList(),
                    rows.iterator(),
                    rows::close)));
        }
        if (statement instanceof SessionControl.UseNamespace use) {
            session.setNamespace(ObjectNames.simple(use.name()));
        } else if (statement instanceof SessionControl.SetVariable set) {
            Settings.set(set, session);
        } else {
            throw new IllegalStateException("No runner for " + statement.getClass());
        }
        return new StatementResult.Update(0, null);
    }

    /** BACKUP copies what is committed. RESTORE changes the catalog, as DDL does. */
    private StatementResult backUpOrRestore(BackupCommand command) {
        if (command.action() == BackupCommand.Action.RESTORE) {
            if (session.currentTransactionSettings().readOnly()) {
                throw new KalamException(ErrorCode.READ_ONLY, "Cannot restore: the transaction is read-only");
            }
            session.commit();
        }
        return new BackupCommands(database, cancellation()).run(command);
    }

    /** Throws if the running statement is to stop. */
    private Runnable cancellation() {
        AtomicBoolean stop = cancelled;
        long deadline = deadlineNanos;
        return () -> QueryContext.checkCancelled(stop, deadline);
    }

    /** DDL commits the open transaction and is a transaction of its own. */
    private StatementResult define(Definition statement) {
        if (session.currentTransactionSettings().readOnly()) {
            throw new KalamException(ErrorCode.READ_ONLY, "Cannot change the catalog: the transaction is read-only");
        }
        session.commit();
        Optional<TableDefinition> toFill;
        try (Transaction transaction = database.transactions().begin()) {
            toFill = new DefinitionRunner(new DdlContext(
                            database.catalog(),
                            database.catalogLock(),
                            database.transactions(),
                            database.tables(),
                            database.indexes(),
                            database.sequences(),
                            () -> database.planner().queryPlanner(session.planningScope(session.namespace())),
                            context(transaction.view(), new @Nullable Object[0]),
                            session.namespace(),
                            Instant.now()))
                    .run(statement);
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
        long count = toFill.map(table -> fill(table, statement)).orElse(0L);
        if (session.transactionSettings().durability() == Durability.FULL) {
            database.syncLog();
        }
        return new StatementResult.Update(count, null);
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
                    database.planner().plan(insert, session.planningScope(session.namespace()), GeneratedKeys.NONE);
            StatementResult.Update result = (StatementResult.Update)
                    modifications.run(planned, new @Nullable Object[0], transaction, transaction.view());
            transaction.commit();
            database.catalog().tableFilled(table.objectId());
            return result.count();
        } catch (RuntimeException | Error e) {
            database.catalogLock()
                    .changing(() -> database.catalogLock().exclusively(() -> {
                        database.indexes().removeTable(database.catalog().dropTable(id));
                        database.catalog().forgetDroppedTable(table.objectId());
                    }));
            throw RuntimeErrors.translate(e);
        }
    }

    private QueryContext context(ReadView view, @Nullable Object[] parameters) {
        SessionRows rows = new SessionRows(
                database.tables(), database.indexes(), view, session.user(), database.systemRows(), cancelled::get);
        QueryContext context =
                new QueryContext(rows, statementContext(), parameters, cancelled, deadlineNanos, database.resources());
        return analysis == null ? context : context.withProfile(analysis.profile());
    }

    private StatementContext statementContext() {
        Instant now = Instant.now();
        long micros = Math.addExact(TimeUnit.SECONDS.toMicros(now.getEpochSecond()), now.getNano() / 1_000);
        return new RunningStatement(
                micros, session.user(), ROLE, session.namespace(), database.snowflakes(), this::nextValue);
    }

    private long nextValue(String sequence) {
        if (session.currentTransactionSettings().readOnly()) {
            throw new KalamException(
                    ErrorCode.READ_ONLY, "Cannot take a number of a sequence: the transaction is read-only");
        }
        return database.sequenceNumbers().next(sequence);
    }

    private record RunningStatement(
            long startMicros,
            String user,
            String role,
            String namespace,
            SnowflakeGenerator snowflakes,
            ToLongFunction<String> numbers)
            implements StatementContext {
        @Override
        public long nextValue(String sequence) {
            return numbers.applyAsLong(sequence);
        }
    }
}
