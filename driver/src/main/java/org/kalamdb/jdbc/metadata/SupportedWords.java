// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

/** What {@link java.sql.DatabaseMetaData} says of the SQL dialect, word by word, as lists divided by commas. */
final class SupportedWords {
    /** Words that are names only in quotes, beyond the reserved ones of SQL:2003. */
    static final String KEYWORDS = "ASOF,LIMIT,MINUS,OFFSET,QUALIFY,RETURNING";

    /** Functions of the escape {@code {fn ...}}, by their names in the Open Group's CLI, as JDBC wants them. */
    static final String NUMERIC_FUNCTIONS = "";

    static final String STRING_FUNCTIONS = "";

    static final String SYSTEM_FUNCTIONS = "";

    static final String TIME_DATE_FUNCTIONS = "TIMESTAMPADD,TIMESTAMPDIFF";

    private SupportedWords() {}
}
