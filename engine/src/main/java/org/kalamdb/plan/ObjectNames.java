// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.function.PlaceInView;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.TableId;

/** Names in statements as names of catalog objects. */
public final class ObjectNames {
    private ObjectNames() {}

    /** @throws KalamException INVALID_NAME if there are more than two parts, the catalog in front aside */
    public static TableId tableId(SqlIdentifier name, String currentNamespace) {
        List<String> parts = name.names.size() == 3 && name.names.get(0).equals(Names.CATALOG)
                ? name.names.subList(1, 3)
                : name.names;
        return switch (parts.size()) {
            case 1 -> new TableId(currentNamespace, parts.get(0));
            case 2 -> new TableId(parts.get(0), parts.get(1));
            default ->
                throw new KalamException(
                        ErrorCode.INVALID_NAME,
                        position(name.getParserPosition()),
                        "Invalid name " + name + ": a table is named by its namespace and its name",
                        null);
        };
    }

    /** @throws KalamException INVALID_NAME if it is qualified */
    public static String simple(SqlIdentifier name) {
        if (!name.isSimple()) {
            throw new KalamException(
                    ErrorCode.INVALID_NAME,
                    position(name.getParserPosition()),
                    "Invalid name " + name + ": it must not be qualified",
                    null);
        }
        return name.getSimple();
    }

    public static @Nullable SourcePosition position(SqlParserPos pos) {
        if (pos instanceof PlaceInView place) {
            return place.position();
        }
        return pos.getLineNum() < 1 || pos.getColumnNum() < 1
                ? null
                : new SourcePosition(pos.getLineNum(), pos.getColumnNum());
    }
}
