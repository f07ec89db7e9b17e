// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

/** What {@link java.sql.DatabaseMetaData} says of the SQL dialect, word by word, as lists divided by commas. */
final class SupportedWords {
    /** Words that are names only in quotes, beyond the reserved ones of SQL:2003. */
    static final String KEYWORDS = "ASOF,LIMIT,MINUS,OFFSET,QUALIFY,RETURNING";

    /** Functions of the escape {@code {fn ...}}, by their names in the Open Group's CLI, as JDBC wants them. */
    static final String NUMERIC_FUNCTIONS =
            "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,RAND,ROUND,SIGN,"
                    + "SIN,SQRT,TAN,TRUNCATE";

    static final String STRING_FUNCTIONS =
            "ASCII,CHAR,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,DIFFERENCE,INSERT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,OCTET_LENGTH,"
                    + "REPEAT,REPLACE,RIGHT,RTRIM,SOUNDEX,SPACE,SUBSTRING,UCASE";

    static final String SYSTEM_FUNCTIONS = "IFNULL,USER";

    static final String TIME_DATE_FUNCTIONS =
            "CURDATE,CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,CURTIME,DAYNAME,DAYOFMONTH,DAYOFWEEK,DAYOFYEAR,HOUR,"
                    + "MINUTE,MONTH,MONTHNAME,NOW,QUARTER,SECOND,TIMESTAMPADD,TIMESTAMPDIFF,WEEK,YEAR";

    private SupportedWords() {}
}
