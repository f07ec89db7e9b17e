// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultCursor;
import org.kalamdb.engine.StatementResult;
import org.kalamdb.engine.batch.ColumnBatch;
import org.kalamdb.engine.command.RowsCursor;
import org.kalamdb.engine.planning.PlannedStatement;
import org.kalamdb.exec.PlanDescription;
import org.kalamdb.exec.PlanReport;
import org.kalamdb.exec.QueryProfile;
import org.kalamdb.sql.Explain;

/**
 * What EXPLAIN ANALYZE measures of the last run of a statement, which may be planned and run again. Confined to one thread.
 */
final class Analysis {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long startNanos = System.nanoTime();
    private PlannedStatement.OfExplain explain;
    private List<PlanDescription> plans;
    private QueryProfile profile = new QueryProfile();

    Analysis(PlannedStatement.OfExplain explain) {
        this.explain = explain;
        this.plans = explain.plans();
    }

    /** What EXPLAIN alone answers. */
    static StatementResult planOf(PlannedStatement.OfExplain explain) {
        return answer(explain, explain.plans(), null, List.of());
    }

    /** Forgets what was measured so far. */
    void startAgain(PlannedStatement.OfExplain current) {
        explain = current;
        plans = current.plans();
        profile = new QueryProfile();
    }

    /** Where the run is measured. */
    QueryProfile profile() {
        return profile;
    }

    /** Reads the statement's rows, which nobody else does, and answers how it ran. */
    StatementResult finish(StatementResult result) {
        long rows = count(result);
        double millis = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
        String what = explain.explained() instanceof PlannedStatement.OfQuery ? "Rows" : "Changed rows";
        String summary = String.format(Locale.ROOT, "%s: %d, time: %.3f ms", what, rows, millis);
        return answer(explain, plans, profile, List.of(summary));
    }

    private static long count(StatementResult result) {
        if (result instanceof StatementResult.Update update) {
            return update.count();
        }
        long count = 0;
        try (ResultCursor rows = ((StatementResult.Rows) result).cursor()) {
            for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
                count += batch.rowCount();
            }
        }
        return count;
    }

    private static StatementResult answer(
            PlannedStatement.OfExplain explain,
            List<PlanDescription> plans,
            @Nullable QueryProfile profile,
            List<String> summary) {
        List<String> lines = new ArrayList<>();
        if (explain.format() == Explain.Format.JSON) {
            lines.add(PlanReport.json(plans, profile));
        } else {
            lines.addAll(PlanReport.text(plans, profile));
            lines.addAll(summary);
        }
        Stream<@Nullable Object[]> rows = lines.stream().map(line -> new @Nullable Object[] {line});
        return new StatementResult.Rows(new RowsCursor(explain.columns(), rows.iterator(), rows::close));
    }
}
