// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BatchBuilder;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.transaction.SchemaGuard;
import org.kalamdb.type.KalamDataType;

/** The encodings of one table under one definition. Safe for use by several threads. */
public final class TableFormat {
    private final TableDefinition table;
    private final SchemaGuard guard;
    private final RowKeys keys;
    private final RowEncoder encoder;
    private final BatchEncoder batchEncoder;
    private final RowDecoder current;
    /** For rows of older schema versions, by version. */
    private final ConcurrentHashMap<Integer, RowDecoder> older = new ConcurrentHashMap<>();

    public TableFormat(TableDefinition table, SchemaGuard guard) {
        this.table = table;
        this.guard = guard;
        this.keys = new RowKeys(table);
        RowLayout layout = new RowLayout(table, table.columns());
        this.encoder = new RowEncoder(layout, table.schemaVersion());
        this.batchEncoder = new BatchEncoder(layout, encoder);
        this.current = new RowDecoder(layout, table.columns());
    }

    /** Whether it fits this definition, as a definition that comes from a cache does at a glance. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(TableDefinition definition) {
        return table == definition || table.equals(definition);
    }

    public TableDefinition table() {
        return table;
    }

    public RowKeys keys() {
        return keys;
    }

    public RowEncoder encoder() {
        return encoder;
    }

    public BatchEncoder batchEncoder() {
        return batchEncoder;
    }

    /**
     * What batches of some columns are made with.
     *
     * @param columnIndexes 0-based positions in the columns of the table and behind them the system columns
     * @param rowCapacity how many rows to make room for; more may come
     */
    public BatchBuilder builder(int[] columnIndexes, int rowCapacity) {
        List<KalamDataType> types = new ArrayList<>(columnIndexes.length);
        for (int index : columnIndexes) {
            types.add(SystemColumns.column(table, index).dataType());
        }
        return new BatchBuilder(types, rowCapacity);
    }

    /** The values of one row in the table's own columns. */
    @Nullable
    public Object[] values(RowBlock rows, int row) {
        return decoder(rows.version(row)).values(rows, row);
    }

    /** Appends some columns of all rows. */
    public void read(RowBlock rows, int[] columnIndexes, BatchBuilder target) {
        int from = 0;
        while (from < rows.count()) {
            int version = rows.version(from);
            int to = from + 1;
            while (to < rows.count() && rows.version(to) == version) {
                to++;
            }
            decoder(version).read(rows, from, to, columnIndexes, target);
            from = to;
        }
    }

    /**
     * A committed row as it is stored under an older schema version or the current one.
     *
     * @param values stored values of the columns of that version
     * @param seq the number of the commit that wrote it, or 0 if it has none
     */
    public byte[] encode(int version, @Nullable Object[] values, long seq) {
        requireKnown(version);
        RowEncoder versioned = version == table.schemaVersion()
                ? encoder
                : new RowEncoder(new RowLayout(table, table.columnsAtVersion(version)), version);
        return versioned.encodeCommitted(values, seq);
    }

    /**
     * Where the values of a column come from in a segment.
     *
     * @param columnIndex 0-based position in the columns of the table and behind them the system columns
     */
    public SegmentColumnSource segmentColumn(
            Segment segment, int columnIndex, ColumnCache cache, int firstPage, int lastPage) {
        requireKnown(segment.entry().schemaVersion());
        return SegmentColumnSource.of(segment, SystemColumns.column(table, columnIndex), cache, firstPage, lastPage);
    }

    private void requireKnown(int version) {
        if (version < 1) {
            throw RowLayout.corrupted(table);
        }
        if (version > table.schemaVersion()) {
            throw newer(version);
        }
    }

    private RowDecoder decoder(int version) {
        if (version == table.schemaVersion()) {
            return current;
        }
        requireKnown(version);
        RowDecoder decoder = older.get(version);
        return decoder != null ? decoder : older.computeIfAbsent(version, this::olderDecoder);
    }

    private RowDecoder olderDecoder(int version) {
        return new RowDecoder(new RowLayout(table, table.columnsAtVersion(version)), table.columns());
    }

    private KalamException newer(int version) {
        int now = guard.currentSchemaVersion(table);
        if (now == 0 || version <= now) {
            return new KalamException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "Cannot read table " + table.id() + ": it was altered meanwhile; retry the statement");
        }
        return RowLayout.corrupted(table);
    }
}
