package org.kalamdb.engine;

import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * An open database. Opened once for each location and JVM and shared by its sessions; the last session to close closes
 * it. Safe for use by several threads.
 */
public final class Database {
    private Database() {}

    /**
     * Opens a session on the database at {@code location}, opening the database first if no session has it open.
     *
     * @throws KalamException DATABASE_IN_USE if another process holds the folder, DATABASE_NOT_OPENABLE if it cannot
     *     be read or created
     */
    public static Session connect(DatabaseLocation location, SessionConfig config) {
        throw new KalamException(ErrorCode.NOT_SUPPORTED, "Cannot open " + location + " for " + config.user());
    }
}
