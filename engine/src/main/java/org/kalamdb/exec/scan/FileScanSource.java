// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.file.FileRows;
import org.kalamdb.file.FileSet;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.TypeKind;

/** Some columns of the rows of files. Immutable. */
public final class FileScanSource implements LeafSource {
    private final FileSet files;
    private final int[] columns;
    /** Places in the row whose stored values are not internal ones. */
    private final List<Integer> converted = new ArrayList<>();

    private final TypeKind[] kinds;

    /** @param columns indexes among the columns of the files */
    public FileScanSource(FileSet files, int[] columns) {
        this.files = files;
        this.columns = columns.clone();
        this.kinds = new TypeKind[columns.length];
        for (int i = 0; i < columns.length; i++) {
            kinds[i] = files.columns().get(columns[i]).type().kind();
            if (kinds[i] == TypeKind.BYTES || kinds[i] == TypeKind.EMBEDDING) {
                converted.add(i);
            }
        }
    }

    @Override
    public Enumerable<@Nullable Object[]> rows(QueryContext context) {
        return new AbstractEnumerable<@Nullable Object[]>() {
            @Override
            public Enumerator<@Nullable Object[]> enumerator() {
                return new Rows(context);
            }
        };
    }

    private void convert(@Nullable Object[] row) {
        for (int place : converted) {
            row[place] = InternalValues.fromStored(kinds[place], row[place]);
        }
    }

    @Override
    public String toString() {
        return "file " + files.name()
                + (columns.length == files.columns().size()
                        ? ""
                        : ", " + columns.length + " of " + files.columns().size() + " columns");
    }

    /** Reads file after file. */
    private final class Rows implements Enumerator<@Nullable Object[]> {
        private static final int ROWS_PER_CHECK = 1024;

        private final QueryContext context;
        private @Nullable FileRows open;
        private int nextFile;
        private @Nullable Object @Nullable [] current;
        private int unchecked;

        Rows(QueryContext context) {
            this.context = context;
        }

        @Override
        public boolean moveNext() {
            if (++unchecked == ROWS_PER_CHECK) {
                unchecked = 0;
                context.checkCancelled();
            }
            while (true) {
                if (open == null) {
                    if (nextFile == files.stamps().size()) {
                        return false;
                    }
                    open = files.open(nextFile++, columns);
                }
                current = open.next();
                if (current != null) {
                    convert(current);
                    return true;
                }
                open.close();
                open = null;
            }
        }

        @Override
        public @Nullable Object[] current() {
            if (current == null) {
                throw new IllegalStateException("There is no row");
            }
            return current;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("Files are read once");
        }

        @Override
        public void close() {
            if (open != null) {
                open.close();
                open = null;
            }
        }
    }
}
