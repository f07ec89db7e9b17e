// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.fuzz;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two questions with the same answer. Immutable.
 *
 * @param name which rule it is that makes the answers the same
 * @param subject what the questions are made of
 * @param pair the two of a subject
 * @param ordered whether the order of rows counts
 */
record Trial(String name, Sql subject, Function<Sql, Pair> pair, boolean ordered) {
    /** Two questions. Immutable. */
    record Pair(Question actual, Question expected) {}

    /** How two answers compare. */
    enum Verdict {
        SAME,
        /** One of the two is refused, or the peer does not understand it. */
        UNDECIDED,
        OTHER_ROWS,
        /** KalamDB fails in a way in which a query must not. */
        BROKEN
    }

    Trial withSubject(Sql shorter) {
        return new Trial(name, shorter, pair, ordered);
    }

    Verdict verdict(Databases databases) throws SQLException {
        Pair questions = pair.apply(subject);
        Outcome actual = databases.ask(questions.actual());
        return isBroken(actual, questions.actual())
                ? Verdict.BROKEN
                : verdict(actual, questions, databases.ask(questions.expected()));
    }

    /** @param actual what the first question was answered */
    Verdict verdict(Outcome actual, Pair questions, Outcome expected) {
        if (isBroken(actual, questions.actual()) || isBroken(expected, questions.expected())) {
            return Verdict.BROKEN;
        }
        if (actual.answer() == null || expected.answer() == null) {
            return Verdict.UNDECIDED;
        }
        boolean same = ordered
                ? actual.answer().hasSequenceOf(expected.answer())
                : actual.answer().hasRowsOf(expected.answer());
        return same ? Verdict.SAME : Verdict.OTHER_ROWS;
    }

    private static boolean isBroken(Outcome outcome, Question question) {
        return question.side() != Question.Side.PEER && outcome.failure() != null && !outcome.isRefusal();
    }

    /** The state of the first failure, by which shorter subjects are told to fail in the same way. */
    @Nullable
    String failureState(Databases databases) throws SQLException {
        Pair questions = pair.apply(subject);
        for (Question question : List.of(questions.actual(), questions.expected())) {
            Outcome outcome = databases.ask(question);
            if (isBroken(outcome, question)) {
                return String.valueOf(outcome.failure().getSQLState());
            }
        }
        return null;
    }
}
