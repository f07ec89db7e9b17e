// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;

/**
 * The rows of the side of a join that is held in memory, found by their keys. Filled by one thread at a time; once it is full,
 * several may look for rows.
 */
final class BuildSide {
    private final KeyTable table;
    private final RowStore rows;
    /** For each key, its first row. */
    private int[] firsts = {};
    /** For each key, its last row so far. */
    private int[] lasts = {};
    /** For each row, the next one with the same key, or -1. */
    private int[] nexts = {};

    /** For each row whether it has met one of the other side; nothing if that does not matter. */
    private boolean[] matched = {};

    BuildSide(JoinDefinition definition, Run run) {
        this.table = new KeyTable(definition.keyTypes(), run);
        this.rows = new RowStore(definition.build().types());
    }

    /** What evaluates the keys of rows that are to be held; each thread that adds rows has its own. */
    static JoinKeys keys(JoinDefinition definition, Run run) {
        return Pairs.keys(definition.build().keys(), definition, run);
    }

    /**
     * Adds the rows of a batch unless there is no room for them beside others.
     *
     * @param keys of the batch, evaluated
     * @return whether they were added
     */
    boolean add(RowBatch batch, JoinKeys keys, MemoryAccount account) {
        if (!account.resize(heapBytes(batch.count())) && rows.size() > 0) {
            return false;
        }
        add(batch, keys);
        return true;
    }

    private long heapBytes(int moreRows) {
        int wanted = rows.size() + moreRows;
        long numbers = nexts.length + (long) firsts.length + lasts.length;
        return rows.heapBytes(wanted)
                + table.heapBytes(moreRows)
                + Integer.BYTES * (wanted > nexts.length ? 2 * numbers : numbers)
                + wanted;
    }

    /** The rows, on their way to somewhere else. */
    Operator rows() {
        return StoredRows.all(rows);
    }

    /** Leaves all rows out. */
    void clear() {
        rows.clear();
        table.clear();
    }

    /** To be called when all rows are there. */
    void finish(JoinDefinition definition) {
        if (definition.notesMatches()) {
            matched = new boolean[rows.size()];
        }
    }

    /** Gives the keys to filters if there is room for these beside the rows. */
    void publish(JoinFilters filters, MemoryAccount account) {
        if (account.resize(heapBytes(0) + filters.heapBytes(table))) {
            filters.publish(table);
        }
    }

    /** Threads may do so at the same time, as all write the same. */
    void match(int row) {
        matched[row] = true;
    }

    /** As {@link #match}, for all rows with the key of one. */
    void matchAll(int first) {
        if (!matched[first]) {
            for (int row = first; row >= 0; row = nexts[row]) {
                matched[row] = true;
            }
        }
    }

    /** Writes some of the rows from one on that have met one of the other side, or have not. @return how many */
    int select(boolean met, int from, int to, int[] selected) {
        int count = 0;
        for (int row = from; row < to; row++) {
            selected[count] = row;
            count += matched[row] == met ? 1 : 0;
        }
        return count;
    }

    private void add(RowBatch batch, JoinKeys keys) {
        int base = rows.size();
        rows.add(batch, batch.rows(), batch.count());
        if (nexts.length < rows.size()) {
            nexts = Arrays.copyOf(nexts, Math.max(rows.size(), 2 * nexts.length));
        }
        addKeys(batch, keys, base);
    }

    /** Makes the rows of a batch, which are held from a place on, be found by their keys. */
    private void addKeys(RowBatch batch, JoinKeys keys, int base) {
        Arrays.fill(nexts, base, base + batch.count(), -1);
        int[] present = keys.room(batch.count());
        int[] places = new int[batch.count()];
        int count = 0;
        boolean all = keys.allCanMatch();
        for (int i = 0; i < batch.count(); i++) {
            if (all || keys.canMatch(batch.rows()[i])) {
                present[count] = batch.rows()[i];
                places[count++] = base + i;
            }
        }
        int known = table.size();
        int[] numbers = new int[count];
        table.add(keys.lanes(), present, count, numbers);
        growKeys(known);
        for (int i = 0; i < count; i++) {
            link(numbers[i], places[i]);
        }
    }

    /**
     * Holds the rows of several stores, which several threads copy, a column each, while one looks at the keys. Nothing is held
     * before.
     *
     * @return false if there is no room; then nothing may be looked for here
     */
    boolean addAll(List<RowStore> stores, JoinKeys keys, MemoryAccount account, Run run) {
        long total = stores.stream().mapToLong(RowStore::size).sum();
        RowStore.requireAtMostMax(total);
        // Texts of a column take room only as they are copied.
        long ofRows = stores.stream()
                .mapToLong(store -> store.heapBytes(store.size()))
                .sum();
        KeysOfStores ofStores =
                new KeysOfStores(stores, keys, account, Math.max(ofRows, rows.heapBytes((int) total)), run);
        if (!ofStores.reserve((int) total)) {
            return false;
        }
        rows.reserve((int) total);
        List<Crew.Piece> pieces = new ArrayList<>(List.of(ofStores));
        for (int i = 0; i < rows.types().size(); i++) {
            pieces.add(new CopiedColumn(i, stores));
        }
        Crew.runAll(pieces, run);
        rows.resize((int) total);
        return ofStores.isComplete();
    }

    /** Links the rows of one store after the other by their keys. */
    private final class KeysOfStores implements Crew.Piece {
        private final Iterator<RowStore> stores;
        private final JoinKeys keys;
        private final MemoryAccount account;
        private final long heapBytesOfRows;
        private final Run run;
        private int place;
        private boolean outOfRoom;

        KeysOfStores(List<RowStore> stores, JoinKeys keys, MemoryAccount account, long heapBytesOfRows, Run run) {
            this.stores = stores.iterator();
            this.keys = keys;
            this.account = account;
            this.heapBytesOfRows = heapBytesOfRows;
            this.run = run;
        }

        @Override
        public boolean step() {
            if (!stores.hasNext()) {
                return false;
            }
            Operator batches = StoredRows.all(stores.next());
            for (RowBatch batch = batches.next(); batch != null && !outOfRoom; batch = batches.next()) {
                run.checkCancelled();
                outOfRoom = !hasRoomFor(batch.count());
                if (!outOfRoom) {
                    addKeys(batch, keys.of(batch), place);
                    place += batch.count();
                }
            }
            return !outOfRoom;
        }

        /** Makes room for the rows, whose keys are to come. @return false if there is none */
        boolean reserve(int rowCount) {
            nexts = new int[rowCount];
            return hasRoomFor(0);
        }

        private boolean hasRoomFor(int moreRows) {
            long ofKeys = table.heapBytes(moreRows) + 2 * Growth.bytes(Integer.BYTES, firsts.length, place + moreRows);
            return account.resize(heapBytesOfRows + ofKeys + (Integer.BYTES + 1L) * nexts.length);
        }

        boolean isComplete() {
            return !outOfRoom;
        }
    }

    /** Copies a column of one store after the other. */
    private final class CopiedColumn implements Crew.Piece {
        private final int column;
        private final Iterator<RowStore> stores;
        private int place;

        CopiedColumn(int column, List<RowStore> stores) {
            this.column = column;
            this.stores = stores.iterator();
        }

        @Override
        public boolean step() {
            if (!stores.hasNext()) {
                return false;
            }
            RowStore source = stores.next();
            rows.copyColumn(column, source, place);
            place += source.size();
            return true;
        }
    }

    private void growKeys(int known) {
        if (firsts.length < table.size()) {
            int capacity = Math.max(table.size(), 2 * firsts.length);
            firsts = Arrays.copyOf(firsts, capacity);
            lasts = Arrays.copyOf(lasts, capacity);
        }
        Arrays.fill(firsts, known, table.size(), -1);
    }

    private void link(int number, int row) {
        if (firsts[number] < 0) {
            firsts[number] = row;
        } else {
            nexts[lasts[number]] = row;
        }
        lasts[number] = row;
    }

    int size() {
        return rows.size();
    }

    Lane lane(int column) {
        return rows.lane(column);
    }

    /** Writes for each selected row of a batch the first row here with its key, or -1. */
    void find(RowBatch batch, JoinKeys probeKeys, int[] found) {
        Lane[] lanes = probeKeys.evaluate(batch);
        table.find(lanes, batch.rows(), batch.count(), probeKeys.roomForHashes(batch), found);
        boolean all = probeKeys.allCanMatch();
        for (int i = 0; i < batch.count(); i++) {
            boolean matches = found[i] >= 0 && (all || probeKeys.canMatch(batch.rows()[i]));
            found[i] = matches ? firsts[found[i]] : -1;
        }
    }

    /** The next row with the key of a row, or -1. */
    int next(int row) {
        return nexts[row];
    }
}
