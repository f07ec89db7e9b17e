// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;
import org.kalamdb.type.StoredValues;
import org.kalamdb.type.TypeKind;

/** Reads the rows of a JSON file, whose columns have names. A member that is missing is NULL. Confined to one thread. */
final class JsonRows implements FileRows {
    private static final int NOT_WANTED = -1;

    private final JsonObjects objects;
    private final List<FileColumn> columns;
    private final int[] wanted;
    /** By name: the place of its value in the row, or {@link #NOT_WANTED}. */
    private final Map<String, Integer> places = new HashMap<>();

    JsonRows(JsonFormat format, Path file, List<FileColumn> columns, int[] wanted) {
        this.columns = columns;
        this.wanted = wanted.clone();
        for (FileColumn column : columns) {
            places.put(column.name(), NOT_WANTED);
        }
        for (int i = 0; i < wanted.length; i++) {
            places.put(columns.get(wanted[i]).name(), i);
        }
        this.objects = new JsonObjects(file, format.charset());
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (!objects.nextObject()) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[wanted.length];
        for (String name = objects.nextMember(); name != null; name = objects.nextMember()) {
            Integer place = places.get(name);
            if (place == null) {
                throw place().malformed("There is no column for member \"" + name + "\"", null);
            }
            if (place == NOT_WANTED) {
                objects.skip();
            } else {
                values[place] = value(columns.get(wanted[place]));
            }
        }
        return values;
    }

    private @Nullable Object value(FileColumn column) {
        if (objects.isNull()) {
            return null;
        }
        try {
            return StoredValues.parse(
                    column.type(), column.type().kind() == TypeKind.JSON ? objects.rawText() : objects.text());
        } catch (KalamException e) {
            throw place().locate(e, column.name());
        }
    }

    @Override
    public FilePlace place() {
        return objects.place();
    }

    @Override
    public void close() {
        objects.close();
    }
}
