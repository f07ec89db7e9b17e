// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The value of an option. Immutable.
 *
 * @param text the value: a string without its quotes, a number or a word as it was written
 * @param position where the value stands
 */
public record OptionValue(String text, SqlParserPos position) {
    static Map<String, OptionValue> copyInOrder(Map<String, OptionValue> options) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
