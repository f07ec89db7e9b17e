// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.util.List;

/**
 * What the first look at a file has shown. Immutable.
 *
 * @param format the format with what was left to find out
 * @param columns the columns, at least one
 */
public record FileShape(FileFormat format, List<FileColumn> columns) {
    public FileShape {
        columns = List.copyOf(columns);
    }
}
