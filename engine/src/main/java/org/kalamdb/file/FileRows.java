// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import org.jspecify.annotations.Nullable;
import org.kalamdb.error.KalamException;

/** The rows of a file, read one after the other. Confined to one thread; must be closed. */
public interface FileRows extends AutoCloseable {
    /**
     * The next row.
     *
     * @return stored values of the columns asked for, in an array of its own; null at the end
     * @throws KalamException INVALID_FILE_FORMAT or the code of a value that cannot be converted, with its place
     */
    @Nullable
    Object @Nullable [] next();

    /** Where the row read last is. */
    FilePlace place();

    @Override
    void close();
}
