// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Access;
import org.kalamdb.engine.Branches;
import org.kalamdb.engine.Database;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.PreparedQuery;
import org.kalamdb.engine.ResourceSettings;
import org.kalamdb.engine.Session;
import org.kalamdb.engine.SessionConfig;
import org.kalamdb.engine.TransactionSettings;
import org.kalamdb.engine.database.DatabaseContent;
import org.kalamdb.engine.database.OpenDatabase;
import org.kalamdb.engine.planning.PlannedStatement;
import org.kalamdb.engine.planning.PlanningScope;
import org.kalamdb.engine.setting.SettingTarget;
import org.kalamdb.engine.transaction.Branch;
import org.kalamdb.engine.transaction.BranchWorker;
import org.kalamdb.engine.transaction.SessionBranches;
import org.kalamdb.engine.transaction.SessionTransaction;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.sql.KalamParser;

/** A session on an open database. Confined to one thread, except {@link #cancel()}. */
public final class EngineSession implements Session, BranchWorker, SettingTarget {
    private final Database database;
    private final Runnable onClose;
    private final DatabaseContent content;
    private final Access access;
    private final ResourceSettings resourceSettings;
    private OpenDatabase parts;
    private final String user;
    /** The wish to stop the statement that started last, or the next one if it is armed; each statement has its own. */
    private volatile AtomicBoolean cancelled = new AtomicBoolean();

    private StatementRunner runner;
    private boolean cancelArmed;
    private String namespace;
    private boolean autoCommit = true;
    private final TransactionSettings initialSettings;
    private final String initialNamespace;
    private TransactionSettings settings;
    private long timeoutMillis;

    /** When the statement that runs, or is to run next, is to stop by itself, in {@link System#nanoTime()}. */
    private long deadlineNanos = Long.MAX_VALUE;

    private boolean closed;

    /** The transaction that spans statements, or null if none is open. */
    private @Nullable SessionTransaction open;

    /** The branch of a global transaction that it works for, whose transaction is the open one; or null. */
    private @Nullable Branch branch;

    /**
     * @param onClose called once, when it has closed
     * @throws KalamException NAMESPACE_NOT_FOUND
     */
    public EngineSession(Database database, Runnable onClose, DatabaseContent content, SessionConfig config) {
        this.database = database;
        this.onClose = onClose;
        this.content = content;
        this.access = config.access();
        this.user = config.user();
        this.initialNamespace = config.namespace();
        this.namespace = initialNamespace;
        this.initialSettings =
                access == Access.READ_ONLY ? config.transactions().withReadOnly(true) : config.transactions();
        this.settings = initialSettings;
        this.parts = content.acquire();
        this.runner = new StatementRunner(this, parts);
        if (parts.catalog().findNamespace(namespace).isEmpty()) {
            content.release(parts);
            throw new KalamException(ErrorCode.NAMESPACE_NOT_FOUND, "Namespace " + namespace + " does not exist");
        }
        this.resourceSettings = config.resources();
        parts.apply(resourceSettings);
    }

    /** Goes on to what the database is by now, unless something is still being read. */
    private void followChanges() {
        if (open == null && !runner.hasCursors()) {
            OpenDatabase latest = content.renew(parts);
            if (latest != parts) {
                parts = latest;
                runner = new StatementRunner(this, latest);
                latest.applyToColumns(resourceSettings);
            }
        }
    }

    /** @throws KalamException READ_ONLY if the session may not write and the settings are for writing */
    private void requireAllowed(TransactionSettings asSaid) {
        if (access == Access.READ_ONLY && !asSaid.readOnly()) {
            throw new KalamException(
                    ErrorCode.READ_ONLY,
                    "Cannot begin to write: the connection was opened for reading only (access=read-only)");
        }
    }

    /** @throws KalamException READ_ONLY if the session may not write */
    void requireWritable(String action) {
        if (access == Access.READ_ONLY) {
            throw new KalamException(
                    ErrorCode.READ_ONLY,
                    "Cannot " + action + ": the connection was opened for reading only (access=read-only)");
        }
    }

    @Override
    public List<String> split(String script) {
        return KalamParser.split(script);
    }

    @Override
    public boolean isPlainName(String word) {
        return KalamParser.isPlainName(word);
    }

    @Override
    public PreparedQuery prepare(String sql, GeneratedKeys generatedKeys) {
        requireOpen();
        followChanges();
        if (!cancelArmed && cancelled.get()) {
            // That was for a statement that is over.
            cancelled = new AtomicBoolean();
        }
        return new EngineQuery(this, sql, generatedKeys, planningScope(namespace, Long.MAX_VALUE));
    }

    @Override
    public PreparedQuery prepareToRun(String sql, GeneratedKeys generatedKeys) {
        requireOpen();
        followChanges();
        return new EngineQuery(this, sql, generatedKeys, planningScope(namespace));
    }

    PlannedStatement plan(String sql, PlanningScope scope, GeneratedKeys generatedKeys) {
        requireOpen();
        return parts.planner().plan(sql, scope, generatedKeys);
    }

    /** For the statement that runs, or is to run next. @param inNamespace where names are looked up */
    PlanningScope planningScope(String inNamespace) {
        return planningScope(inNamespace, deadlineNanos);
    }

    private PlanningScope planningScope(String inNamespace, long deadline) {
        AtomicBoolean stop = cancelled;
        return new PlanningScope(inNamespace, () -> QueryContext.checkCancelled(stop, deadline));
    }

    boolean isCurrent(PlannedStatement planned) {
        return parts.planner().isCurrent(planned);
    }

    /** What runs the next statement. */
    StatementRunner runner() {
        requireOpen();
        followChanges();
        return runner;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public void setNamespace(String namespace) {
        requireOpen();
        if (parts.catalog().findNamespace(namespace).isEmpty()) {
            throw new KalamException(ErrorCode.NAMESPACE_NOT_FOUND, "Namespace " + namespace + " does not exist");
        }
        this.namespace = namespace;
    }

    @Override
    public boolean autoCommit() {
        return autoCommit && branch == null;
    }

    @Override
    public void setAutoCommit(boolean autoCommit) {
        requireOpen();
        if (autoCommit == autoCommit()) {
            return;
        }
        requireNoBranch("turn on auto-commit");
        if (autoCommit) {
            commit();
        }
        this.autoCommit = autoCommit;
    }

    @Override
    public TransactionSettings transactionSettings() {
        return settings;
    }

    @Override
    public void setTransactionSettings(TransactionSettings settings) {
        requireOpen();
        if (open != null) {
            throw new KalamException(
                    ErrorCode.TRANSACTION_ACTIVE,
                    "Cannot change how the session's transactions run inside of one: commit it or roll it back first");
        }
        requireAllowed(settings);
        this.settings = settings;
    }

    @Override
    public TransactionSettings currentTransactionSettings() {
        SessionTransaction current = open;
        return current == null ? settings : current.settings();
    }

    @Override
    public Resources resources() {
        return parts.resources();
    }

    @Override
    public TransactionSettings initialSettings() {
        return initialSettings;
    }

    @Override
    public void changeDefaults(TransactionSettings asSaid) {
        requireAllowed(asSaid);
        settings = asSaid;
    }

    /** @throws KalamException FAILED_TRANSACTION if the open transaction has failed */
    void requireNotFailed() {
        if (branch != null) {
            branch.requireInTime();
        }
        if (open != null) {
            open.requireNotFailed();
        }
    }

    @Override
    public boolean inTransaction() {
        return open != null;
    }

    /** Begins a transaction that lasts until commit or rollback. */
    void begin(TransactionSettings asSaid) {
        requireAllowed(asSaid);
        if (open != null) {
            throw new KalamException(
                    ErrorCode.TRANSACTION_ACTIVE, "A transaction is already open: commit it or roll it back first");
        }
        open = new SessionTransaction(parts.transactions(), asSaid);
    }

    @Override
    public void changeTransaction(TransactionSettings asSaid) {
        requireAllowed(asSaid);
        SessionTransaction current = open;
        if (current != null) {
            current.change(asSaid);
        } else if (autoCommit) {
            throw new KalamException(
                    ErrorCode.NO_TRANSACTION,
                    "SET TRANSACTION needs a transaction: say BEGIN first, or SET SESSION CHARACTERISTICS AS TRANSACTION"
                            + " for all that follow");
        } else {
            begin(asSaid);
        }
    }

    /** The transaction that statements belong to, begun now if auto-commit is off; null if each is its own. */
    @Nullable
    SessionTransaction transaction() {
        if (branch != null) {
            branch.requireInTime();
        }
        if (open == null && !autoCommit) {
            begin(settings);
        }
        return open;
    }

    @Override
    public void commit() {
        requireOpen();
        requireNoBranch("commit");
        SessionTransaction ending = open;
        if (ending != null) {
            open = null;
            ending.commit();
        }
    }

    @Override
    public void rollback() {
        requireOpen();
        requireNoBranch("roll back");
        SessionTransaction ending = open;
        if (ending != null) {
            open = null;
            ending.rollback();
        }
    }

    @Override
    public void setSavepoint(String name) {
        requireOpen();
        requireNoBranch("set a savepoint");
        if (open == null) {
            begin(settings);
        }
        requireTransaction().setSavepoint(name);
    }

    @Override
    public void rollbackToSavepoint(String name) {
        requireOpen();
        requireTransaction().rollbackTo(name);
    }

    @Override
    public void releaseSavepoint(String name) {
        requireOpen();
        requireTransaction().release(name);
    }

    private SessionTransaction requireTransaction() {
        SessionTransaction current = open;
        if (current == null) {
            throw new KalamException(ErrorCode.NO_TRANSACTION, "No transaction is open: begin one first");
        }
        return current;
    }

    /** @throws KalamException GLOBAL_TRANSACTION while it works for a branch */
    private void requireNoBranch(String action) {
        if (branch != null) {
            throw new KalamException(
                    ErrorCode.GLOBAL_TRANSACTION,
                    "Cannot " + action + " inside a global transaction: its transaction manager does that");
        }
    }

    @Override
    public Branches branches() {
        requireOpen();
        return new SessionBranches(this, parts.globalTransactions());
    }

    @Override
    public void requireFreeForBranch() {
        requireOpen();
        if (branch != null) {
            throw new KalamException(
                    ErrorCode.BRANCH_STATE, "Cannot begin work for a branch: the session works for " + branch.id());
        }
        if (open != null) {
            throw new KalamException(
                    ErrorCode.TRANSACTION_ACTIVE,
                    "Cannot begin work for a branch inside a transaction: commit it or roll it back first");
        }
    }

    @Override
    public SessionTransaction branchTransaction() {
        return new SessionTransaction(parts.transactions(), settings);
    }

    /** The branch that statements belong to, or null. */
    @Nullable
    Branch branch() {
        return branch;
    }

    /**
     * Called before the open transaction is touched. Nobody else ends it until {@link Branch#pause} of what this answers,
     * unless that is null.
     */
    @Nullable
    Branch useBranch() {
        Branch current = branch;
        return current != null && current.use(this) ? current : null;
    }

    @Override
    public void enter(Branch entered, SessionTransaction work) {
        branch = entered;
        open = work;
    }

    @Override
    public void leave() {
        branch = null;
        open = null;
    }

    @Override
    public void armCancel() {
        begin();
        cancelArmed = true;
    }

    private void begin() {
        cancelled = new AtomicBoolean();
        deadlineNanos =
                timeoutMillis == 0 ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    @Override
    public void cancel() {
        cancelled.set(true);
    }

    /** Set by {@link #cancel()} from now on, or since it was armed, until the next statement starts. */
    AtomicBoolean startStatement() {
        if (!cancelArmed) {
            begin();
        }
        cancelArmed = false;
        return cancelled;
    }

    /** When the statement that has started is to stop by itself, in {@link System#nanoTime()}. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void setStatementTimeoutMillis(long millis) {
        this.timeoutMillis = millis;
    }

    @Override
    public Introspection introspection() {
        requireOpen();
        followChanges();
        return parts.introspection();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void reset() {
        requireOpen();
        Branch used = useBranch();
        try {
            runner.closeCursors();
        } finally {
            if (used != null) {
                used.pause();
            }
        }
        timeoutMillis = 0;
        if (branch == null) {
            rollback();
            autoCommit = true;
            settings = initialSettings;
            namespace = initialNamespace;
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            try {
                Branch abandoned = branch;
                if (abandoned != null) {
                    leave();
                    abandoned.abandon();
                }
                rollback();
                runner.closeCursors();
            } finally {
                closed = true;
                content.release(parts);
                onClose.run();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new KalamException(ErrorCode.CONNECTION_CLOSED, "The session is closed: open a new one");
        }
    }
}
