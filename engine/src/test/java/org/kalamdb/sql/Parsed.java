// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.kalamdb.error.KalamException;

/** What tests say about parsed text, in one line each. */
final class Parsed {
    private Parsed() {}

    static <T extends Statement> T as(Class<T> type, String sql) {
        Statement statement = KalamParser.parse(sql);
        assertThat(statement).isInstanceOf(type);
        return type.cast(statement);
    }

    /** The record's components as Calcite and we print them, on one line and without back quotes. */
    static String text(Object part) {
        String text = part instanceof SqlNode node ? node.toString() : String.valueOf(part);
        return text.replace("`", "")
                .replaceAll("\\s+", " ")
                .replaceAll("position=line (\\d+), column (\\d+)", "$1:$2")
                .replace(", maxLength=null, autoIncrement=false", "");
    }

    static List<String> texts(List<?> parts) {
        return parts.stream().map(Parsed::text).toList();
    }

    static String query(String sql) {
        return text(KalamParser.parseQuery(sql));
    }

    static String expression(String sql) {
        return text(KalamParser.parseExpression(sql));
    }

    /** {@code CODE line:column: message} of the error that parsing fails with. */
    static String error(String sql) {
        KalamException e = catchThrowableOfType(KalamException.class, () -> KalamParser.parse(sql));
        assertThat(e).as(sql).isNotNull();
        String place = e.position() == null ? "" : e.position() + ": ";
        return e.code() + " " + place + e.rawMessage();
    }
}
