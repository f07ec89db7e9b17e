// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.util.List;

/**
 * The published anomalies of isolation, after Martin Kleppmann's Hermitage, over {@code test (id, value)} with the rows
 * (1, 10) and (2, 20).
 */
enum IsolationAnomaly {
    G0 {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            two.start("UPDATE test SET value = 12 WHERE id = 1");
            one.run("UPDATE test SET value = 21 WHERE id = 2");
            one.commit();
            two.start("UPDATE test SET value = 22 WHERE id = 2");
            two.commit();
            return !List.of(List.of("1|11", "2|21"), List.of("1|12", "2|22")).contains(three.rows(ALL));
        }
    },
    G1A {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = 101 WHERE id = 1");
            boolean sees = !two.rows(ALL).equals(List.of("1|10", "2|20"));
            one.rollback();
            return sees || !two.rows(ALL).equals(List.of("1|10", "2|20"));
        }
    },
    G1B {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = 101 WHERE id = 1");
            boolean sees = two.rows(ALL).contains("1|101");
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            one.commit();
            return sees || two.rows(ALL).contains("1|101");
        }
    },
    G1C {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            two.run("UPDATE test SET value = 22 WHERE id = 2");
            boolean oneSees = one.rows("SELECT value FROM test WHERE id = 2").contains("22");
            boolean twoSees = two.rows("SELECT value FROM test WHERE id = 1").contains("11");
            one.commit();
            two.commit();
            return oneSees && twoSees;
        }
    },
    OTV {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            one.run("UPDATE test SET value = 19 WHERE id = 2");
            two.start("UPDATE test SET value = 12 WHERE id = 1");
            one.commit();
            boolean first = three.rows("SELECT value FROM test WHERE id = 1").contains("11");
            two.run("UPDATE test SET value = 18 WHERE id = 2");
            boolean vanished =
                    first && !three.rows("SELECT value FROM test WHERE id = 2").contains("19");
            two.commit();
            return vanished;
        }
    },
    PMP {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            boolean before = !one.rows("SELECT * FROM test WHERE value = 30").isEmpty();
            two.run("INSERT INTO test VALUES (3, 30)");
            two.commit();
            return !before
                    && !one.rows("SELECT * FROM test WHERE MOD(value, 3) = 0").isEmpty();
        }
    },
    PMP_WRITE {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.run("UPDATE test SET value = value + 10");
            two.start("DELETE FROM test WHERE value = 20");
            one.commit();
            boolean committed = two.commit();
            List<String> left = three.rows(ALL);
            return committed && !left.equals(List.of("2|30"));
        }
    },
    P4 {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE id = 1");
            two.rows("SELECT * FROM test WHERE id = 1");
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            two.start("UPDATE test SET value = 11 WHERE id = 1");
            boolean first = one.commit();
            return first && two.commit();
        }
    },
    G_SINGLE {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE id = 1");
            two.run("UPDATE test SET value = 12 WHERE id = 1");
            two.run("UPDATE test SET value = 18 WHERE id = 2");
            two.commit();
            return one.rows("SELECT value FROM test WHERE id = 2").contains("18");
        }
    },
    G_SINGLE_PREDICATE {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE MOD(value, 5) = 0");
            two.run("UPDATE test SET value = 12 WHERE value = 10");
            two.commit();
            return !one.rows("SELECT * FROM test WHERE MOD(value, 3) = 0").isEmpty();
        }
    },
    G_SINGLE_WRITE {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE id = 1");
            two.run("UPDATE test SET value = 12 WHERE id = 1");
            two.run("UPDATE test SET value = 18 WHERE id = 2");
            two.commit();
            one.run("DELETE FROM test WHERE value = 20");
            return one.commit();
        }
    },
    G2_ITEM {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE id IN (1, 2)");
            two.rows("SELECT * FROM test WHERE id IN (1, 2)");
            one.run("UPDATE test SET value = 11 WHERE id = 1");
            two.run("UPDATE test SET value = 21 WHERE id = 2");
            boolean first = one.commit();
            return two.commit() && first;
        }
    },
    G2 {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows("SELECT * FROM test WHERE MOD(value, 3) = 0");
            two.rows("SELECT * FROM test WHERE MOD(value, 3) = 0");
            one.run("INSERT INTO test VALUES (3, 30)");
            two.run("INSERT INTO test VALUES (4, 42)");
            boolean first = one.commit();
            return two.commit() && first;
        }
    },
    G2_TWO_EDGES {
        @Override
        boolean happens(Actor one, Actor two, Actor three) throws Exception {
            one.rows(ALL);
            two.run("UPDATE test SET value = value + 5 WHERE id = 2");
            two.commit();
            boolean observed = three.rows(ALL).equals(List.of("1|10", "2|25"));
            three.commit();
            one.run("UPDATE test SET value = 0 WHERE id = 1");
            return one.commit() && observed;
        }
    };

    private static final String ALL = "SELECT * FROM test ORDER BY id";

    /** Whether the actors, who have not read anything yet, meet the anomaly. */
    abstract boolean happens(Actor one, Actor two, Actor three) throws Exception;
}
