// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A peer with its database, open for the workloads. Confined to one thread, but for connections of their own.
 *
 * @param rows how many items there are, numbered from 0
 */
record Contestant(Peer peer, Path folder, Durability durability, long rows, Connection connection)
        implements AutoCloseable {
    /** Items that only lookups and updates by key touch. */
    static final String ITEMS = "item";

    /** The same items with a second index. */
    static final String INDEXED_ITEMS = "indexed_item";

    /** Items that come and go. */
    static final String EVENTS = "event";

    static Contestant open(Peer peer, Path folder, Durability durability, long rows) throws SQLException {
        return new Contestant(peer, folder, durability, rows, peer.connect(folder, durability));
    }

    Connection connect() throws SQLException {
        return peer.connect(folder, durability);
    }

    /** What the database takes on disk, in bytes. */
    long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(Contestant::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        peer.shutDown(folder);
    }
}
