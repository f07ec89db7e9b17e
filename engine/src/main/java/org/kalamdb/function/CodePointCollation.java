// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.nio.charset.Charset;
import java.text.CollationKey;
import java.text.Collator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.util.NlsString;

/**
 * The collation of text literals: the planner, which compares them to simplify conditions, so orders them by {@link
 * ValueOrder}. It equals the collation of the literal's type. Immutable.
 */
final class CodePointCollation extends SqlCollation {
    private static final long serialVersionUID = 1;

    private CodePointCollation(SqlCollation equal) {
        super(equal.getCollationName(), equal.getCoercibility());
    }

    /** The same text, which compares itself to others by code points. @param type that of the literal it is for */
    static NlsString collated(NlsString text, RelDataType type) {
        Charset charset = type.getCharset();
        SqlCollation collation = type.getCollation();
        return charset == null || collation == null
                ? text
                : new NlsString(text.getValue(), charset.name(), new CodePointCollation(collation));
    }

    @Override
    public Collator getCollator() {
        return new CodePoints();
    }

    /** Has no state. */
    private static final class CodePoints extends Collator {
        @Override
        public int compare(String source, String target) {
            return ValueOrder.compareTexts(source, target);
        }

        /** Keys are for sorting; the planner only compares two texts. */
        @Override
        public CollationKey getCollationKey(String source) {
            throw new UnsupportedOperationException("Texts are compared as they are");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CodePoints;
        }

        @Override
        public int hashCode() {
            return CodePoints.class.hashCode();
        }
    }
}
