package org.kalamdb.jdbc;

import java.sql.SQLException;

/** A call of the engine whose failures reach the caller as {@link SQLException}. */
@FunctionalInterface
interface EngineCall<T> {
    T call();

    /** Runs {@code call} and turns what it throws into an {@link SQLException}. */
    static <T> T get(EngineCall<T> call) throws SQLException {
        try {
            return call.call();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw SqlExceptions.fromEngine(e);
        }
    }
}
