// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A file that a statement names. Immutable.
 *
 * @param position where the statement names it
 * @param name as it was written, without the quotes
 * @param options how it is read or written, by name in upper case
 */
public record FileReference(SqlParserPos position, String name, Map<String, OptionValue> options) {
    public FileReference {
        options = OptionValue.copyInOrder(options);
    }
}
