// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The JDBC driver: {@code java.sql} over the engine's session API, nothing else.
 *
 * <p>A connection with its statements and result sets is used by one thread at a time. Only {@code Statement.cancel()},
 * {@code Connection.abort()} and the {@code close()} methods may be called by other threads meanwhile.
 */
@NullMarked
package org.kalamdb.jdbc;

import org.jspecify.annotations.NullMarked;
