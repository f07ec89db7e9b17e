// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.kalamdb.tck.Answer;

/** The answer to a question, or why there is none: one of the two. Immutable. */
record Outcome(@Nullable Answer answer, @Nullable SQLException failure) {
    /** Whether the values did not allow an answer, or the memory. */
    boolean isRefusal() {
        String state = failure == null ? null : failure.getSQLState();
        return state != null && (state.startsWith("22") || state.equals("21000") || state.equals("53200"));
    }

    @Override
    public String toString() {
        return failure == null ? String.valueOf(answer) : failure.getSQLState() + " " + failure.getMessage();
    }
}
