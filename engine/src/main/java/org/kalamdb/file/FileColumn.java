// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import static java.util.Objects.requireNonNull;

import org.kalamdb.type.KalamDataType;

/**
 * A column of the rows of a file. Immutable.
 *
 * @param name its name, as the file has it where the format has names
 * @param type what its values are read as or written from
 */
public record FileColumn(String name, KalamDataType type) {
    public FileColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
