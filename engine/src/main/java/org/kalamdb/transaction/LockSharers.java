// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.transaction;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Transactions, at least one, that share a lock. Immutable. */
final class LockSharers implements LockHolder {
    private final List<Transaction> transactions;

    private LockSharers(List<Transaction> transactions) {
        this.transactions = transactions;
    }

    static LockSharers of(Transaction transaction) {
        return new LockSharers(List.of(transaction));
    }

    boolean contains(Transaction transaction) {
        return transactions.contains(transaction);
    }

    LockSharers with(Transaction transaction) {
        return new LockSharers(
                Stream.concat(transactions.stream(), Stream.of(transaction)).toList());
    }

    /** Null if nobody is left. */
    @Nullable
    LockSharers without(Transaction transaction) {
        List<Transaction> left = othersThan(transaction);
        return left.isEmpty() ? null : new LockSharers(left);
    }

    List<Transaction> othersThan(Transaction other) {
        return transactions.stream().filter(sharer -> sharer != other).toList();
    }
}
