// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableType;
import org.kalamdb.transaction.KeySpace;
import org.kalamdb.transaction.Savepoint;
import org.kalamdb.transaction.StoreSnapshot;
import org.kalamdb.transaction.Transaction;

final class KeySpacesTest {
    private static final TableDefinition TABLE = TestDatabase.simpleTable(TableType.SHARED, 1);
    /** As all keys do, it begins with the number of a table. */
    private static final byte[] KEY = {0, 0, 0, 1, 7};

    private static final Map<KeySpace, String> WRITTEN = Arrays.stream(KeySpace.values())
            .collect(Collectors.toMap(space -> space, space -> "[" + space.ordinal() + ", 1]"));

    @TempDir
    private Path folder;

    @Test
    void commitsTheWritesOfAllSpacesAtOnce() {
        try (TestDatabase database = TestDatabase.in(folder);
                StoreSnapshot before = database.storage.snapshot()) {
            try (Transaction transaction = database.transactions.begin()) {
                putInAll(transaction, 1);
                assertThat(valuesOf(database, null)).isEmpty();
                transaction.commit();
            }
            assertThat(valuesOf(database, before)).isEmpty();
            assertThat(valuesOf(database, null)).isEqualTo(WRITTEN);
        }
        try (TestDatabase database = TestDatabase.in(folder)) {
            assertThat(valuesOf(database, null)).isEqualTo(WRITTEN);
        }
    }

    @Test
    void undoesTheWritesOfAllSpaces() {
        try (TestDatabase database = TestDatabase.inMemory();
                Transaction transaction = database.transactions.begin()) {
            putInAll(transaction, 1);
            Savepoint savepoint = transaction.savepoint();
            putInAll(transaction, 2);
            transaction.delete(TABLE, KeySpace.SEGMENTS, KEY);
            transaction.rollbackTo(savepoint);
            for (KeySpace space : KeySpace.values()) {
                assertThat(transaction.read(space, KEY)).containsExactly(space.ordinal(), 1);
                assertThat(transaction.pending(space, new byte[0], null).size()).isOne();
            }
        }
    }

    @Test
    void locksAKeyOfOneSpaceOnly() {
        try (TestDatabase database = TestDatabase.inMemory(Duration.ZERO);
                Transaction holder = database.transactions.begin();
                Transaction other = database.transactions.begin()) {
            holder.lockAndRead(TABLE, KeySpace.ROWS, KEY);
            assertThat(other.lockAndRead(TABLE, KeySpace.INDEXES, KEY)).isNull();
            assertThatThrownBy(() -> other.lockAndRead(TABLE, KeySpace.ROWS, KEY))
                    .extracting(e -> ((KalamException) e).code())
                    .isEqualTo(ErrorCode.LOCK_TIMEOUT);
        }
    }

    private static void putInAll(Transaction transaction, int value) {
        for (KeySpace space : KeySpace.values()) {
            transaction.lockAndRead(TABLE, space, KEY);
            transaction.put(TABLE, space, KEY, new byte[] {(byte) space.ordinal(), (byte) value});
        }
    }

    /** The value of the key in each space that has one. */
    private static Map<KeySpace, String> valuesOf(TestDatabase database, @Nullable StoreSnapshot snapshot) {
        Map<KeySpace, String> values = new EnumMap<>(KeySpace.class);
        for (KeySpace space : KeySpace.values()) {
            byte[] value = database.storage.get(space, snapshot, KEY);
            if (value != null) {
                values.put(space, Arrays.toString(value));
            }
        }
        return values;
    }
}
