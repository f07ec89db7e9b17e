// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * The groups of rows, in memory as long as there is room. When there is none, what is known of all groups goes to a file, if
 * aggregates can be merged of parts; else the groups that are there stay, and the rows of others go to the file. In the end
 * one part of the file is grouped after the other. Confined to one thread at a time.
 */
final class SpillingGroups implements AutoCloseable {
    private final Grouping grouping;
    /** How what is in the file is grouped. */
    private final Grouping rest;

    private final boolean mergeable;
    private final int level;
    private final Run run;
    private final MemoryAccount account;
    private final Lane[] output;
    private final LaneBatch batch;
    private Groups groups;
    private @Nullable Partitions spilled;
    private boolean completed;
    private int next;
    private int nextPart;
    private List<SpilledRows> parts = List.of();
    private @Nullable SpillingGroups part;

    /** @param level how often the rows have been split before */
    SpillingGroups(Grouping grouping, int level, Run run) {
        Grouping merging = grouping.keys().isEmpty() ? null : grouping.merging();
        this.grouping = grouping;
        this.mergeable = merging != null;
        this.rest = merging == null ? grouping : merging;
        this.level = level;
        this.run = run;
        this.account = run.resources().openAccount();
        this.output = Lane.ofEach(grouping.outputTypes());
        this.batch = new LaneBatch(output);
        this.groups = new Groups(grouping, run);
    }

    void add(RowBatch rows) {
        if (spilled != null && !mergeable) {
            // An aggregate that held nothing when there was no room any more may hold something by now.
            groups.freeze();
            groups.addKnown(rows, spilled);
            return;
        }
        if (hasRoom(rows.count()) || groups.size() == 0) {
            groups.add(rows);
            return;
        }
        Partitions to = spilled;
        if (to == null) {
            to = new Partitions(rest.inputTypes(), level, run);
            spilled = to;
        }
        if (mergeable) {
            spill(to);
            groups.add(rows);
        } else {
            add(rows);
        }
    }

    private boolean hasRoom(int newRows) {
        return account.resize(groups.heapBytes(newRows))
                || groups.release() && account.resize(groups.heapBytes(newRows));
    }

    private void spill(Partitions to) {
        long[] hashes = new long[Rows.BATCH_SIZE];
        Lane[] keys = new Lane[grouping.keys().size()];
        for (int from = 0; from < groups.size(); from += Rows.BATCH_SIZE) {
            RowBatch written = partial(from);
            System.arraycopy(output, 0, keys, 0, keys.length);
            KeyTable.hash(keys, written.rows(), written.count(), hashes);
            to.add(written, written.rows(), written.count(), hashes);
        }
        groups.close();
        groups = new Groups(grouping, run);
        account.resize(0);
    }

    /** Keys and partial results of a batch of groups. */
    private RowBatch partial(int from) {
        int count = Math.min(Rows.BATCH_SIZE, groups.size() - from);
        groups.writePartial(from, count, output);
        return batch.begin(count);
    }

    /** Passes what is known of all groups on to those that merge it; of aggregates that can be merged. */
    void moveTo(SpillingGroups merging) {
        for (int from = 0; from < groups.size(); from += Rows.BATCH_SIZE) {
            merging.add(partial(from));
        }
        for (SpilledRows rows : spilled == null ? List.<SpilledRows>of() : spilled.parts()) {
            Operator input = rows.read(run);
            for (RowBatch each = input.next(); each != null; each = input.next()) {
                merging.add(each);
            }
        }
    }

    /** Keys and results of some groups, once all rows have been added; null at the end. */
    @Nullable
    RowBatch next() {
        run.checkCancelled();
        if (!completed) {
            complete();
        }
        int count = Math.min(Rows.BATCH_SIZE, groups.size() - next);
        if (count > 0) {
            groups.finish(next, count, output);
            next += count;
            return batch.begin(count);
        }
        return spilled == null ? null : nextOfParts();
    }

    private void complete() {
        completed = true;
        Partitions to = spilled;
        if (to != null && mergeable) {
            spill(to);
        }
        groups.complete();
    }

    private @Nullable RowBatch nextOfParts() {
        if (part == null && nextPart == 0) {
            groups.close();
            account.resize(0);
            parts = requireNonNull(spilled).parts();
        }
        while (true) {
            SpillingGroups current = part;
            RowBatch answer = current == null ? null : current.next();
            if (answer != null) {
                return answer;
            }
            if (current != null) {
                current.close();
                part = null;
            }
            if (nextPart == parts.size()) {
                return null;
            }
            read(parts.get(nextPart++));
        }
    }

    private void read(SpilledRows rows) {
        if (rows.rowCount() > 0) {
            SpillingGroups begun = new SpillingGroups(rest, level + 1, run);
            part = begun;
            Operator input = rows.read(run);
            for (RowBatch each = input.next(); each != null; each = input.next()) {
                begun.add(each);
            }
        }
    }

    @Override
    public void close() {
        account.close();
        List<AutoCloseable> open = new ArrayList<>(List.of(groups));
        if (part != null) {
            open.add(part);
        }
        if (spilled != null) {
            open.add(spilled);
        }
        Closing.all(open);
    }
}
