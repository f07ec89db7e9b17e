// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.storage.cold.ColumnPage;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentColumnReader;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Where the values of a table's column come from in a segment: from the column of the same id, converted if its type was
 * another, or from the default that the column was added with. Confined to one thread.
 */
public abstract class SegmentColumnSource {
    /** Appends the rows of a page that a selection names. */
    public abstract void appendTo(VectorBuilder target, int page, int[] rows, int count);

    /**
     * @param firstPage first page that will be asked for
     * @param lastPage last page that will be asked for
     */
    static SegmentColumnSource of(Segment segment, ColumnDefinition column, int firstPage, int lastPage) {
        int index = segment.entry().indexOf(column.columnId());
        if (index < 0) {
            return new Constant(DefaultLiterals.storedValue(column, column.initialDefault()));
        }
        KalamDataType stored = segment.entry().columns().get(index).type();
        SegmentColumnReader reader = segment.file().reader(index, firstPage, lastPage);
        return ConvertingColumnReader.isSameForm(stored, column.dataType())
                ? new Stored(reader)
                : new Converted(reader, column.dataType());
    }

    private static final class Stored extends SegmentColumnSource {
        private final SegmentColumnReader reader;
        private int page = -1;
        private @Nullable ColumnPage values;

        Stored(SegmentColumnReader reader) {
            this.reader = reader;
        }

        @Override
        public void appendTo(VectorBuilder target, int wanted, int[] rows, int count) {
            page(wanted).appendTo(target, rows, count);
        }

        ColumnPage page(int wanted) {
            ColumnPage current = values;
            if (current == null || page != wanted) {
                current = reader.page(wanted);
                values = current;
                page = wanted;
            }
            return current;
        }
    }

    private static final class Converted extends SegmentColumnSource {
        private final Stored source;
        private final KalamDataType type;

        Converted(SegmentColumnReader reader, KalamDataType type) {
            this.source = new Stored(reader);
            this.type = type;
        }

        @Override
        public void appendTo(VectorBuilder target, int wanted, int[] rows, int count) {
            ColumnPage page = source.page(wanted);
            for (int i = 0; i < count; i++) {
                Object value = page.storedValue(rows[i]);
                target.append(value == null ? null : StoredValues.cast(page.type(), value, type));
            }
        }
    }

    private static final class Constant extends SegmentColumnSource {
        private final @Nullable Object value;

        Constant(@Nullable Object value) {
            this.value = value;
        }

        @Override
        public void appendTo(VectorBuilder target, int page, int[] rows, int count) {
            for (int i = 0; i < count; i++) {
                target.append(value);
            }
        }
    }
}
