// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kalamdb.dml.ModificationRun;
import org.kalamdb.dml.Returning;
import org.kalamdb.dml.WriteContext;
import org.kalamdb.dml.WrittenRows;
import org.kalamdb.engine.BatchResult;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.engine.command.RowsCursor;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.PlannedStatement;
import org.kalamdb.engine.transaction.Restarts;
import org.kalamdb.engine.transaction.SessionTransaction;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.RuntimeErrors;
import org.kalamdb.transaction.ReadView;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.Transaction;

/**
 * Runs the statements of a session that change rows, each in its own transaction or in the session's, and batches of them
 * as one statement. Confined to one thread.
 */
final class ModificationRunner {
    private static final @Nullable Object[] NO_PARAMETERS = {};

    private final EngineSession session;
    private final OpenDatabase database;
    private final Contexts contexts;
    private final Consumer<PlannedStatement.OfExplain> explaining;

    /** Makes the context of a run. */
    @FunctionalInterface
    interface Contexts {
        /** @param parameters internal values */
        QueryContext of(ReadView view, @Nullable Object[] parameters);
    }

    /** What is done in a transaction, perhaps more than once. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Transaction transaction, ReadView view);
    }

    /** @param explaining told before a statement is run that EXPLAIN ANALYZE asks of */
    ModificationRunner(
            EngineSession session,
            OpenDatabase database,
            Contexts contexts,
            Consumer<PlannedStatement.OfExplain> explaining) {
        this.session = session;
        this.database = database;
        this.contexts = contexts;
        this.explaining = explaining;
    }

    /** Runs a statement as a transaction of its own. */
    StatementResult alone(EngineQuery query, @Nullable Object[] parameters) {
        return alone((transaction, view) -> run(query, parameters, transaction, view));
    }

    /** Runs a statement in the session's transaction. */
    StatementResult within(EngineQuery query, @Nullable Object[] parameters, SessionTransaction within) {
        return within((transaction, view) -> run(query, parameters, transaction, view), within);
    }

    /** Runs the entries as one transaction. */
    BatchResult batchAlone(EngineQuery query, BatchEntries entries) {
        Batch batch = new Batch(query, entries);
        try {
            return alone(batch);
        } catch (KalamException e) {
            boolean conflict = SessionTransaction.isConflict(e);
            return BatchResult.failed(new long[0], conflict ? e : firstFailure(query, entries, batch.done, e));
        }
    }

    /**
     * Why a batch failed of which nothing is left. Constraints are tested for many entries at once, so an entry before the
     * one that was being run may have failed before it.
     *
     * @param before how many entries come before it
     * @param later why that one failed
     */
    private KalamException firstFailure(EngineQuery query, BatchEntries entries, int before, KalamException later) {
        if (before == 0) {
            return later;
        }
        try {
            return alone((transaction, view) -> {
                for (int entry = 0; entry < before; entry++) {
                    run(query, entries, entry, transaction, view);
                }
                throw later;
            });
        } catch (KalamException first) {
            return first;
        }
    }

    /** Runs the entries in the session's transaction, up to the first that fails. */
    BatchResult batchWithin(EngineQuery query, BatchEntries entries, SessionTransaction within) {
        Batch batch = new Batch(query, entries);
        try {
            return within(batch, within);
        } catch (KalamException e) {
            // Nothing is left of the batch, and an entry before the one that was being run may be the culprit, as in
            // firstFailure: going one by one shows it.
            BatchResult before = BatchEntries.oneByOne(
                    batch.done,
                    entry -> within((transaction, view) -> run(query, entries, entry, transaction, view), within));
            KalamException earlier = before.failure();
            if (earlier == null && batch.done == entries.size()) {
                return before;
            }
            KalamException failure = earlier == null ? e : earlier;
            within.statementFailed(failure);
            return BatchResult.failed(before.counts(), failure);
        }
    }

    /** All entries of a batch as one statement. */
    private final class Batch implements Work<BatchResult> {
        private final EngineQuery query;
        private final BatchEntries entries;
        /** How many entries the last run came through. */
        private int done;

        Batch(EngineQuery query, BatchEntries entries) {
            this.query = query;
            this.entries = entries;
        }

        @Override
        public BatchResult run(Transaction transaction, ReadView view) {
            done = 0;
            PlannedStatement.OfModification planned = modification(query);
            QueryContext context = contexts.of(view, NO_PARAMETERS);
            long[] counts = new long[entries.size()];
            ModificationRun run = planned.plan().start(writeContext(context, transaction));
            if (!insertedColumns(run)) {
                while (done < counts.length) {
                    context.checkCancelled();
                    counts[done] = run.change(context.withParameters(entries.internalValues(query, done)));
                    done++;
                }
            } else {
                Arrays.fill(counts, 1);
            }
            WrittenRows written = run.finish();
            Returning returning = planned.plan().returning();
            return BatchResult.complete(counts, returning == null ? null : rows(returning, context, written));
        }

        private boolean insertedColumns(ModificationRun run) {
            try {
                return entries instanceof BatchEntries.OfColumns columns && run.insertColumns(columns.batch());
            } finally {
                done = run.writtenCount();
            }
        }
    }

    /** What is its own transaction is run again when others got in its way, for nobody has seen anything of it. */
    private <T> T alone(Work<T> work) {
        TransactionSettings settings = session.transactionSettings();
        requireWritable(settings);
        if (settings.isolation() == IsolationLevel.REPEATABLE_READ) {
            settings = settings.withIsolation(IsolationLevel.READ_COMMITTED);
        }
        Restarts restarts = new Restarts(settings.lockTimeout());
        while (true) {
            try (Transaction transaction = database.transactions().begin(settings)) {
                T result = restarting(work, transaction, transaction::restart, restarts);
                transaction.commit();
                return result;
            } catch (KalamException e) {
                if (!SessionTransaction.isConflict(e) || !restarts.once()) {
                    throw e;
                }
            }
        }
    }

    /** At READ COMMITTED a statement that met a row changed since it began is run again, on a fresh snapshot. */
    private <T> T within(Work<T> work, SessionTransaction within) {
        Transaction transaction = within.start();
        requireWritable(transaction.settings());
        Restarts restarts = transaction.settings().isolation() == IsolationLevel.READ_COMMITTED
                ? new Restarts(transaction.settings().lockTimeout())
                : Restarts.NONE;
        Savepoint start = transaction.savepoint();
        try {
            return restarting(work, transaction, () -> transaction.rollbackTo(start), restarts);
        } finally {
            transaction.release(start);
        }
    }

    /**
     * Works until no changed row is in the way any more. Locks are kept, so that each run gets further than the one before.
     *
     * @param undo takes back what a run has done
     */
    private <T> T restarting(Work<T> work, Transaction transaction, Runnable undo, Restarts restarts) {
        while (true) {
            try (ReadView view = transaction.startStatement()) {
                return work.run(transaction, view);
            } catch (RuntimeException | Error e) {
                undo.run();
                KalamException failure = RuntimeErrors.translate(e);
                if (failure.code() != ErrorCode.WRITE_CONFLICT || !restarts.once()) {
                    throw failure;
                }
            }
        }
    }

    private static void requireWritable(TransactionSettings settings) {
        if (settings.readOnly()) {
            throw new KalamException(ErrorCode.READ_ONLY, "Cannot change rows: the transaction is read-only");
        }
    }

    private PlannedStatement.OfModification modification(EngineQuery query) {
        PlannedStatement planned = query.currentPlan();
        if (planned instanceof PlannedStatement.OfExplain explain) {
            explaining.accept(explain);
            planned = explain.explained();
        }
        return (PlannedStatement.OfModification) planned;
    }

    private StatementResult run(
            EngineQuery query, @Nullable Object[] parameters, Transaction transaction, ReadView view) {
        PlannedStatement.OfModification planned = modification(query);
        return run(planned, query.internalValues(parameters), transaction, view);
    }

    private StatementResult run(
            EngineQuery query, BatchEntries entries, int entry, Transaction transaction, ReadView view) {
        PlannedStatement.OfModification planned = modification(query);
        return run(planned, entries.internalValues(query, entry), transaction, view);
    }

    /** Runs a statement once, in a transaction that the caller ends. */
    StatementResult run(
            PlannedStatement.OfModification planned,
            @Nullable Object[] parameters,
            Transaction transaction,
            ReadView view) {
        QueryContext context = contexts.of(view, parameters);
        ModificationRun run = planned.plan().start(writeContext(context, transaction));
        run.change(context);
        WrittenRows written = run.finish();
        Returning returning = planned.plan().returning();
        if (returning == null) {
            return new StatementResult.Update(written.count(), null);
        }
        ResultCursor rows = rows(returning, context, written);
        return planned.returnsRows()
                ? new StatementResult.Rows(rows)
                : new StatementResult.Update(written.count(), rows);
    }

    private WriteContext writeContext(QueryContext context, Transaction transaction) {
        transaction.checkWhileWaiting(context::checkCancelled);
        return new WriteContext(
                context, transaction, database.tables(), database.indexes(), database.sequences(), session.user());
    }

    private static ResultCursor rows(Returning returning, QueryContext context, WrittenRows written) {
        return new RowsCursor(
                returning.columns(), returning.rows(context, written).iterator(), () -> {});
    }
}
