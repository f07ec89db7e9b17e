// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.row;

import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.VectorBuilder;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.storage.cold.ColumnCache;
import org.kalamdb.storage.cold.ColumnPage;
import org.kalamdb.storage.cold.Segment;
import org.kalamdb.storage.cold.SegmentColumnReader;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/**
 * Where the values of a table's column come from in a segment: from the column of the same id, converted if its type was
 * another, or from the default that the column was added with. Confined to one thread at a time.
 */
public abstract class SegmentColumnSource {
    private int page = -1;
    private @Nullable ColumnVector values;

    /** All rows of a page; nobody may write to its arrays. */
    public final ColumnVector page(int wanted) {
        ColumnVector current = values;
        if (current == null || page != wanted) {
            current = read(wanted);
            values = current;
            page = wanted;
        }
        return current;
    }

    abstract ColumnVector read(int wanted);

    /**
     * @param firstPage first page that will be asked for
     * @param lastPage last page that will be asked for
     */
    static SegmentColumnSource of(
            Segment segment, ColumnDefinition column, ColumnCache cache, int firstPage, int lastPage) {
        int index = segment.entry().indexOf(column.columnId());
        if (index < 0) {
            return new Constant(segment, column);
        }
        KalamDataType stored = segment.entry().columns().get(index).type();
        SegmentColumnReader reader = segment.file().reader(index, firstPage, lastPage);
        return ConvertingColumnReader.isSameForm(stored, column.dataType())
                ? new Stored(segment, index, stored, cache, reader)
                : new Converted(segment, index, column.dataType(), cache, reader);
    }

    private static final class Stored extends SegmentColumnSource {
        private final Segment segment;
        private final int index;
        private final KalamDataType type;
        private final ColumnCache cache;
        private final SegmentColumnReader reader;

        Stored(Segment segment, int index, KalamDataType type, ColumnCache cache, SegmentColumnReader reader) {
            this.segment = segment;
            this.index = index;
            this.type = type;
            this.cache = cache;
            this.reader = reader;
        }

        @Override
        ColumnVector read(int wanted) {
            return cache.page(segment, index, wanted, type, () -> reader.page(wanted));
        }
    }

    private static final class Converted extends SegmentColumnSource {
        private final Segment segment;
        private final int index;
        private final KalamDataType type;
        private final ColumnCache cache;
        private final SegmentColumnReader reader;

        Converted(Segment segment, int index, KalamDataType type, ColumnCache cache, SegmentColumnReader reader) {
            this.segment = segment;
            this.index = index;
            this.type = type;
            this.cache = cache;
            this.reader = reader;
        }

        @Override
        ColumnVector read(int wanted) {
            return cache.page(
                    segment,
                    index,
                    wanted,
                    type,
                    () -> ColumnPage.of(converted(reader.page(wanted).values())));
        }

        private ColumnVector converted(ColumnVector source) {
            VectorBuilder builder = VectorBuilder.of(type, source.size());
            for (int row = 0; row < source.size(); row++) {
                Object value = source.storedValue(row);
                builder.append(value == null ? null : StoredValues.cast(source.type(), value, type));
            }
            return builder.build();
        }
    }

    private static final class Constant extends SegmentColumnSource {
        private final Segment segment;
        private final KalamDataType type;
        private final @Nullable Object value;
        private @Nullable ColumnVector made;

        Constant(Segment segment, ColumnDefinition column) {
            this.segment = segment;
            this.type = column.dataType();
            this.value = DefaultLiterals.storedValue(column, column.initialDefault());
        }

        @Override
        ColumnVector read(int wanted) {
            int size = segment.file().firstRow(wanted + 1) - segment.file().firstRow(wanted);
            ColumnVector known = made;
            if (known == null || known.size() != size) {
                known = rows(size);
                made = known;
            }
            return known;
        }

        private ColumnVector rows(int size) {
            VectorBuilder one = VectorBuilder.of(type, 1);
            one.append(value);
            if (value != null && one.build() instanceof BytesVector bytes) {
                return new DictionaryVector(bytes, size, new int[size], null);
            }
            VectorBuilder all = VectorBuilder.of(type, size);
            for (int row = 0; row < size; row++) {
                all.append(value);
            }
            return all.build();
        }
    }
}
