// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.TypeKind;
import org.kalamdb.type.TypeMapping;

/** What {@link java.sql.DatabaseMetaData} says of the SQL dialect, word by word. */
final class SupportedWords {
    /** Words of statements that are not keywords of SQL:2003. */
    static final String KEYWORDS = String.join(
            ",",
            "COMPRESSION",
            "CONFLICT",
            "DESCRIBE",
            "EXPLAIN",
            "FLUSH",
            "ILIKE",
            "LIMIT",
            "NAMESPACE",
            "NAMESPACES",
            "OFFSET",
            "QUALIFY",
            "RETURNING",
            "SHOW",
            "STORAGE",
            "STREAM",
            "TABLES",
            "TTL",
            "USE");

    /** Functions of the escape {@code {fn ...}}, by their names in the Open Group's CLI, as JDBC wants them. */
    static final String NUMERIC_FUNCTIONS = "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,"
            + "PI,POWER,RADIANS,ROUND,SIGN,SIN,SQRT,TAN,TRUNCATE";

    static final String STRING_FUNCTIONS =
            "CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,LCASE,LOCATE,LTRIM,REPLACE,RTRIM,SUBSTRING,UCASE";

    static final String SYSTEM_FUNCTIONS = "IFNULL,USER";

    static final String TIME_DATE_FUNCTIONS = "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYOFMONTH,"
            + "EXTRACT,HOUR,MINUTE,MONTH,NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,YEAR";

    private SupportedWords() {}

    /** Whether CAST converts the type of one code of {@link java.sql.Types} to that of another. */
    static boolean converts(int fromType, int toType) {
        KalamDataType from = TypeMapping.findByJdbcType(fromType);
        KalamDataType to = TypeMapping.findByJdbcType(toType);
        return from != null && to != null && converts(from.kind(), to.kind());
    }

    private static boolean converts(TypeKind from, TypeKind to) {
        if (from == to || from == TypeKind.TEXT || to == TypeKind.TEXT) {
            return true;
        }
        if (isNumber(from)) {
            return isNumber(to);
        }
        return isDateOrMoment(from) && (isDateOrMoment(to) || (to == TypeKind.TIME && from != TypeKind.DATE));
    }

    private static boolean isNumber(TypeKind kind) {
        return kind == TypeKind.SMALLINT
                || kind == TypeKind.INT
                || kind == TypeKind.BIGINT
                || kind == TypeKind.FLOAT
                || kind == TypeKind.DOUBLE
                || kind == TypeKind.DECIMAL;
    }

    private static boolean isDateOrMoment(TypeKind kind) {
        return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP || kind == TypeKind.DATETIME;
    }
}
