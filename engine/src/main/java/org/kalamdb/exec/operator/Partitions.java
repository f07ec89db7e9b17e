// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.BlockWriter;
import org.kalamdb.exec.kernel.LaneType;
import org.kalamdb.exec.kernel.RowBatch;
import org.kalamdb.exec.kernel.Rows;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.MemoryAccount;
import org.kalamdb.exec.resource.SpillFile;

/**
 * Rows split into parts by the hashes of their keys, on the way to a file: they gather in memory as long as there is room.
 * Those who split a part again look at other bits of the hash. Confined to one thread at a time.
 */
final class Partitions implements AutoCloseable {
    /** After so many times the bits of a hash have been looked at, or nearly. */
    static final int MAX_LEVEL = 8;

    private static final int BITS = 4;
    private static final int COUNT = 1 << BITS;

    private final Run run;
    private final int level;
    private final SpillFile file;
    private final MemoryAccount account;
    private final BlockWriter writer = new BlockWriter();
    private final List<RowStore> stores = new ArrayList<>();
    private final List<SpilledRows> written = new ArrayList<>();
    private final int[][] selected = new int[COUNT][];
    private final int[] counts = new int[COUNT];

    /** @param level how often the rows have been split before */
    Partitions(List<LaneType> types, int level, Run run) {
        this.run = run;
        this.level = level;
        this.file = run.resources().newFile();
        this.account = run.resources().openAccount();
        for (int i = 0; i < COUNT; i++) {
            stores.add(new RowStore(types));
            written.add(new SpilledRows(types, file));
            selected[i] = new int[Rows.BATCH_SIZE];
        }
    }

    /** @param hashes {@code hashes[i]} is that of {@code rows[i]} */
    void add(RowBatch batch, int[] rows, int count, long[] hashes) {
        run.checkCancelled();
        Arrays.fill(counts, 0);
        int shift = Math.max(0, Long.SIZE - BITS * (level + 1));
        for (int i = 0; i < count; i++) {
            int part = (int) (hashes[i] >>> shift) & (COUNT - 1);
            if (selected[part].length == counts[part]) {
                selected[part] = Arrays.copyOf(selected[part], 2 * counts[part]);
            }
            selected[part][counts[part]++] = rows[i];
        }
        long bytes = 0;
        for (int part = 0; part < COUNT; part++) {
            bytes += stores.get(part).heapBytes(stores.get(part).size() + counts[part]);
        }
        if (!account.resize(bytes)) {
            writeAll();
        }
        for (int part = 0; part < COUNT; part++) {
            if (counts[part] > 0) {
                stores.get(part).add(batch, selected[part], counts[part]);
            }
        }
    }

    private void writeAll() {
        for (int part = 0; part < COUNT; part++) {
            RowStore store = stores.get(part);
            if (store.size() > 0) {
                written.get(part).write(store, Rows.range(0, store.size()), store.size(), writer, run);
                store.clear();
            }
        }
        account.resize(0);
    }

    /** All parts, once all rows are there; the same parts of the same hashes are at the same places. */
    List<SpilledRows> parts() {
        writeAll();
        return written;
    }

    @Override
    public void close() {
        stores.clear();
        account.close();
        file.close();
    }

    /** Closes what there is. */
    static void close(@Nullable Partitions partitions) {
        if (partitions != null) {
            partitions.close();
        }
    }
}
