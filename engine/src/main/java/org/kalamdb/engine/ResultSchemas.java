// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import java.util.List;
import org.kalamdb.schema.ArrowSchemas;

/** The columns of results as others describe them. Safe for use by several threads. */
public final class ResultSchemas {
    private ResultSchemas() {}

    /** The schema of a result, in order, as the message of Arrow's IPC format. */
    public static byte[] arrowMessage(List<ResultColumn> columns) {
        return ArrowSchemas.message(columns.stream()
                .map(column ->
                        ArrowSchemas.resultField(column.label(), column.type(), column.nullable(), column.origin()))
                .toList());
    }
}
