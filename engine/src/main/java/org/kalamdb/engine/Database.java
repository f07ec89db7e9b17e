// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * An open database. Opened once for each location and JVM and shared by its sessions; the last session to close closes
 * it. Safe for use by several threads.
 */
public final class Database {
    /** Guards {@link #OPEN} and every {@code sessionCount}; opening and closing happen inside, so that they never overlap. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final Map<DatabaseLocation, Database> OPEN = new HashMap<>();

    private final DatabaseLocation location;
    private final OpenDatabase parts;
    private int sessionCount;

    private Database(DatabaseLocation location, OpenDatabase parts) {
        this.location = location;
        this.parts = parts;
    }

    /**
     * Opens a session on the database at {@code location}, opening the database first if no session has it open.
     *
     * @throws KalamException DATABASE_IN_USE if another process holds the folder, DATABASE_NOT_OPENABLE if it cannot
     *     be read or created, NAMESPACE_NOT_FOUND if the session's namespace does not exist
     */
    public static Session connect(DatabaseLocation location, SessionConfig config) {
        DatabaseLocation key = location.canonical();
        LOCK.lock();
        try {
            Database database = OPEN.get(key);
            if (database == null) {
                database = new Database(key, OpenDatabase.open(key));
                OPEN.put(key, database);
            }
            database.sessionCount++;
            return database.openSession(config);
        } finally {
            LOCK.unlock();
        }
    }

    private Session openSession(SessionConfig config) {
        try {
            if (parts.catalog().findNamespace(config.namespace()).isEmpty()) {
                throw new KalamException(
                        ErrorCode.NAMESPACE_NOT_FOUND, "Namespace " + config.namespace() + " does not exist");
            }
            return new EngineSession(this, parts, config);
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /** Where it lives. */
    public DatabaseLocation location() {
        return location;
    }

    /** Called once by each session when it closes. */
    void release() {
        LOCK.lock();
        try {
            sessionCount--;
            if (sessionCount == 0) {
                OPEN.remove(location);
                parts.close();
            }
        } finally {
            LOCK.unlock();
        }
    }
}
