// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The 22 queries of TPC-H in H2, beside KalamDB: each twice in both, of which the second counts. A query that takes H2 longer
 * than it is given is stopped.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.kalamdb.bench.tpch.TpchOfH2 /tmp/tpch 0.1 20
 * }</pre>
 *
 * The arguments are the folder and the scale of {@link TpchComparison} and the seconds that a query may take. Confined to one
 * thread.
 */
public final class TpchOfH2 {
    private static final int RUNS = 2;

    private TpchOfH2() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        TpchFiles files = TpchFiles.at(Path.of(arguments[0]), Double.parseDouble(arguments[1]));
        int seconds = Integer.parseInt(arguments[2]);
        TpchDatabase.KALAMDB.load(files);
        TpchDatabase.H2.load(files);
        System.out.println("| Query | KalamDB ms | H2 ms |");
        System.out.println("| ---: | ---: | ---: |");
        try (Connection kalam = TpchDatabase.KALAMDB.open(files);
                Connection h2 = TpchDatabase.H2.open(files)) {
            try (Statement statement = h2.createStatement()) {
                statement.execute("SET QUERY_TIMEOUT " + seconds * 1000);
            }
            for (int query = 1; query <= 22; query++) {
                compare(query, kalam, h2, seconds);
            }
        }
    }

    private static void compare(int query, Connection kalam, Connection h2, int seconds) throws SQLException {
        String sql = TpchTexts.query(query);
        TpchAnswer expected = TpchAnswer.of(kalam, sql);
        Cost start = Cost.now();
        TpchAnswer.of(kalam, sql);
        Cost ours = Cost.now().since(start);
        String theirs;
        try {
            Cost last = Cost.now();
            boolean same = true;
            for (int run = 0; run < RUNS; run++) {
                last = Cost.now();
                same &= expected.isSameAs(TpchAnswer.of(h2, sql));
            }
            theirs = String.format(Locale.ROOT, "%.1f", Cost.now().since(last).elapsedMillis())
                    + (same ? "" : " OTHER ANSWER");
        } catch (SQLTimeoutException e) {
            theirs = "more than " + seconds * 1000;
        }
        System.out.printf(Locale.ROOT, "| %d | %.1f | %s |%n", query, ours.elapsedMillis(), theirs);
    }
}
