// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.row.KeyEncoder;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.storage.row.KeySpan;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/**
 * The entries of one index. Safe for use by several threads.
 *
 * <p>The value of an entry says where the row key is, less the prefix it shares with all rows of its user: after a first
 * byte of {@value #IN_VALUE} in the value itself, after {@value #IN_KEY} from the offset on in the key that follows.
 */
final class IndexKeys {
    private static final int NOT_NULL = 1;
    private static final int NULL = 2;
    private static final byte IN_VALUE = 0;
    private static final byte IN_KEY = 1;

    private final TableDefinition table;
    private final IndexDefinition index;
    private final List<ColumnDefinition> columns;
    private final int[] columnIndexes;

    IndexKeys(TableDefinition table, IndexDefinition index) {
        this.table = table;
        this.index = index;
        this.columns = table.columns(index.columns());
        this.columnIndexes = table.columnIndexes(index.columns());
        for (ColumnDefinition column : columns) {
            if (column.dataType().kind() == TypeKind.EMBEDDING) {
                throw new KalamException(
                        ErrorCode.INVALID_DEFINITION,
                        "Column " + column.name() + " of table " + table.id()
                                + " cannot be part of an index: values of "
                                + column.dataType().sqlName() + " have no order");
            }
        }
    }

    IndexDefinition index() {
        return index;
    }

    /** Where the indexed columns are in the table's columns. */
    int[] columnIndexes() {
        return columnIndexes.clone();
    }

    /** All entries of an index, of all users. */
    static KeySpan all(long indexId) {
        byte[] prefix = new KeyEncoder().unsignedInt(indexId).toBytes();
        return new KeySpan(prefix, KeyEncoder.successor(prefix));
    }

    /**
     * The entry of a row.
     *
     * @param prefixLength as {@code TableStore.prefixLength} has it for the row key
     * @param row stored values of all columns
     */
    IndexEntry entry(byte[] rowKey, int prefixLength, @Nullable Object[] row) {
        KeyEncoder encoder = start(rowKey, prefixLength);
        boolean unique = index.unique();
        for (int i = 0; i < columnIndexes.length; i++) {
            Object value = row[columnIndexes[i]];
            append(encoder, i, value);
            unique &= value != null;
        }
        if (unique) {
            byte[] value = new byte[1 + rowKey.length - prefixLength];
            value[0] = IN_VALUE;
            System.arraycopy(rowKey, prefixLength, value, 1, rowKey.length - prefixLength);
            return new IndexEntry(encoder.toBytes(), value, true);
        }
        byte[] value = offset(encoder.length());
        return new IndexEntry(encoder.raw(rowKey, prefixLength, rowKey.length).toBytes(), value, false);
    }

    /** The key of the entry that a row would have, or null if it has none of its own. @param prefix of row keys */
    byte @Nullable [] uniqueKey(byte[] prefix, @Nullable Object[] row) {
        KeyEncoder encoder = start(prefix, prefix.length);
        for (int i = 0; i < columnIndexes.length; i++) {
            if (row[columnIndexes[i]] == null) {
                return null;
            }
            append(encoder, i, row[columnIndexes[i]]);
        }
        return encoder.toBytes();
    }

    /** The row that an entry names. @param prefix what the row keys of its user begin with */
    byte[] rowKey(byte[] prefix, byte[] key, byte[] value) {
        boolean inKey = value[0] == IN_KEY;
        byte[] source = inKey ? key : value;
        int from = 1;
        if (inKey) {
            from = 0;
            for (int i = 1; i < value.length; i++) {
                from = from << Byte.SIZE | value[i] & 0xff;
            }
        }
        byte[] rowKey = Arrays.copyOf(prefix, prefix.length + source.length - from);
        System.arraycopy(source, from, rowKey, prefix.length, source.length - from);
        return rowKey;
    }

    /** Whether a range names all columns, so that at most one row without NULL is in it if the index is unique. */
    boolean isPoint(KeyRange range) {
        return range.prefix().size() == columnIndexes.length;
    }

    /**
     * The spans of keys that ranges mean, in ascending order and apart from each other.
     *
     * @param prefix what the row keys of the user begin with
     */
    List<KeySpan> spans(byte[] prefix, List<KeyRange> ranges) {
        List<KeySpan> spans = new ArrayList<>(ranges.size());
        for (KeyRange range : ranges) {
            KeySpan span = span(prefix, range);
            if (Arrays.compareUnsigned(span.lower(), span.upper()) < 0) {
                spans.add(span);
            }
        }
        if (spans.size() < 2) {
            return spans;
        }
        spans.sort((left, right) -> Arrays.compareUnsigned(left.lower(), right.lower()));
        List<KeySpan> apart = new ArrayList<>(spans.size());
        KeySpan last = spans.get(0);
        for (KeySpan span : spans.subList(1, spans.size())) {
            if (Arrays.compareUnsigned(span.lower(), last.upper()) >= 0) {
                apart.add(last);
                last = span;
            } else if (Arrays.compareUnsigned(span.upper(), last.upper()) > 0) {
                last = new KeySpan(last.lower(), span.upper());
            }
        }
        apart.add(last);
        return apart;
    }

    private KeySpan span(byte[] prefix, KeyRange range) {
        KeyEncoder encoder = start(prefix, prefix.length);
        List<Object> values = range.prefix();
        for (int i = 0; i < values.size(); i++) {
            append(encoder, i, values.get(i));
        }
        byte[] equal = encoder.toBytes();
        KeyRange.Bound lower = range.lower();
        KeyRange.Bound upper = range.upper();
        if (lower == null && upper == null) {
            return new KeySpan(equal, KeyEncoder.successor(equal));
        }
        // A comparison is true for no NULL, and those lie behind all other values.
        byte[] first = equal;
        byte[] end = new KeyEncoder().raw(equal, 0, equal.length).raw(NULL).toBytes();
        if (lower != null) {
            byte[] bound = bound(equal, values.size(), lower.value());
            first = lower.inclusive() ? bound : KeyEncoder.successor(bound);
        }
        if (upper != null) {
            byte[] bound = bound(equal, values.size(), upper.value());
            end = upper.inclusive() ? KeyEncoder.successor(bound) : bound;
        }
        return new KeySpan(first, end);
    }

    private byte[] bound(byte[] equal, int column, Object value) {
        KeyEncoder encoder = new KeyEncoder().raw(equal, 0, equal.length);
        append(encoder, column, value);
        return encoder.toBytes();
    }

    private KeyEncoder start(byte[] rowKey, int prefixLength) {
        return new KeyEncoder().unsignedInt(index.indexId()).raw(rowKey, Integer.BYTES, prefixLength);
    }

    private void append(KeyEncoder encoder, int column, @Nullable Object value) {
        if (value == null) {
            encoder.raw(NULL);
        } else {
            encoder.raw(NOT_NULL).value(columns.get(column).dataType(), value);
        }
    }

    /** Most significant byte first, without leading zeros. */
    private static byte[] offset(int offset) {
        int count = (Integer.SIZE - Integer.numberOfLeadingZeros(offset) + 7) / Byte.SIZE;
        byte[] value = new byte[1 + count];
        value[0] = IN_KEY;
        for (int i = 0; i < count; i++) {
            value[1 + i] = (byte) (offset >>> Byte.SIZE * (count - 1 - i));
        }
        return value;
    }

    /** @param row stored values of all columns of the table */
    KalamException violation(@Nullable Object[] row) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < columnIndexes.length; i++) {
            Object value = row[columnIndexes[i]];
            values.append(values.isEmpty() ? "" : ", ")
                    .append(
                            value == null
                                    ? "NULL"
                                    : StoredValues.toText(columns.get(i).dataType(), value));
        }
        String kind = table.findConstraint(index.name()).isPresent() ? "constraint" : "index";
        return new KalamException(
                ErrorCode.UNIQUE_VIOLATION,
                "Duplicate key value violates unique " + kind + " \"" + index.name() + "\" of table " + table.id()
                        + ": (" + String.join(", ", index.columns()) + ") = (" + values + ")");
    }
}
