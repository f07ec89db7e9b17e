// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.scan;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.QueryContext;
import org.kalamdb.exec.kernel.Expression;
import org.kalamdb.exec.kernel.Lane;
import org.kalamdb.exec.kernel.LaneBatch;
import org.kalamdb.function.InternalValues;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** A value known before a scan starts. Immutable. */
public sealed interface Operand {
    /** The stored value, or null if it is NULL. */
    @Nullable
    Object stored(QueryContext context);

    /** As in a plan. */
    String text();

    /** @param stored the value, which is not NULL */
    record Constant(KalamDataType type, Object stored) implements Operand {
        @Override
        public Object stored(QueryContext context) {
            return stored;
        }

        @Override
        public String text() {
            String text = StoredValues.toText(type, stored);
            return stored instanceof Number ? text : "'" + text + "'";
        }
    }

    /** @param type of the parameter */
    record Parameter(KalamDataType type, int index) implements Operand {
        @Override
        public @Nullable Object stored(QueryContext context) {
            return InternalValues.toStored(type, context.parameter(index));
        }

        @Override
        public String text() {
            return "?" + index;
        }
    }

    /**
     * What an expression without columns says, such as {@code CURRENT_DATE - 30}.
     *
     * @param text it as in a plan
     */
    record Computed(KalamDataType type, Expression expression, String text) implements Operand {
        private static final int[] FIRST_ROW = {0};

        @Override
        public @Nullable Object stored(QueryContext context) {
            Lane value = expression.open(context).evaluate(new LaneBatch().begin(1), FIRST_ROW, 1);
            return InternalValues.toStored(type, value.get(0));
        }
    }
}
