// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.kalamdb.engine.database.DatabaseContent;
import org.kalamdb.engine.database.FollowedContent;
import org.kalamdb.engine.database.OwnedContent;
import org.kalamdb.engine.session.EngineSession;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * An open database. Opened once for each location and JVM and shared by its sessions; the last session to close closes
 * it. Safe for use by several threads.
 */
public final class Database {
    /** Guards the maps and every {@code sessionCount}; opening and closing happen inside, so that they never overlap. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final Map<DatabaseLocation, Database> OPEN = new HashMap<>();
    /** Folders that are not open in this JVM but for reading, as they are written by others or by nobody. */
    private static final Map<DatabaseLocation, Database> FOLLOWED = new HashMap<>();

    private final DatabaseLocation location;
    private final Map<DatabaseLocation, Database> registry;
    private final DatabaseContent content;
    private int sessionCount;

    private Database(DatabaseLocation location, Map<DatabaseLocation, Database> registry, DatabaseContent content) {
        this.location = location;
        this.registry = registry;
        this.content = content;
    }

    /**
     * Opens a session on the database at {@code location}, opening the database first if no session has it open. A session
     * that only reads shares a database that this JVM has open for writing; else it follows what another process writes.
     *
     * @throws KalamException DATABASE_IN_USE if another process holds the folder and the session is to write;
     *     DATABASE_NOT_OPENABLE if it cannot be read or created; NAMESPACE_NOT_FOUND if the session's namespace does not
     *     exist
     */
    public static Session connect(DatabaseLocation location, SessionConfig config) {
        DatabaseLocation key = location.canonical();
        LOCK.lock();
        try {
            Database database = OPEN.get(key);
            if (database == null && config.access() == Access.READ_ONLY) {
                database = FOLLOWED.get(key);
            }
            if (database == null) {
                database = config.access() == Access.READ_ONLY
                        ? new Database(key, FOLLOWED, follow(key))
                        : new Database(key, OPEN, OwnedContent.open(key));
                database.registry.put(key, database);
            }
            database.sessionCount++;
            return database.openSession(config);
        } finally {
            LOCK.unlock();
        }
    }

    private static DatabaseContent follow(DatabaseLocation location) {
        if (location instanceof DatabaseLocation.Folder folder) {
            return FollowedContent.open(folder.path());
        }
        throw new KalamException(
                ErrorCode.DATABASE_NOT_OPENABLE,
                "Cannot open a database in memory for reading only: nobody has it open for writing");
    }

    private Session openSession(SessionConfig config) {
        try {
            return new EngineSession(this, this::release, content, config);
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
    private void release() {
        LOCK.lock();
        try {
            sessionCount--;
            if (sessionCount == 0) {
                registry.remove(location);
                content.close();
            }
        } finally {
            LOCK.unlock();
        }
    }
}
