// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kalamdb.tck.XaClient.xid;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed in the midst of global transactions leaves each branch as its transaction manager knows it: in
 * doubt from the moment it is prepared until it is told how it ends, and that for good.
 */
final class XaKillTest {
    private static final int ROUNDS = 4;
    private static final int MAX_MILLIS_OF_WRITING = 1000;
    private static final int ROWS_PER_BRANCH = 3;

    /** What a branch was told last, in this order. */
    private enum Stage {
        PREPARED,
        COMMITTING,
        COMMITTED,
        ROLLING_BACK,
        ROLLED_BACK
    }

    @Test
    void everyBranchIsAsItWasSaid(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("XaKillTest seed " + seed);
        Random random = new Random(seed);
        int first = 1;
        for (int round = 0; round < ROUNDS; round++) {
            Map<Integer, Stage> said = new TreeMap<>();
            ChildJvm.runAndKill(
                    Writer.class,
                    0,
                    random.nextInt(MAX_MILLIS_OF_WRITING),
                    line -> {
                        String[] words = line.split(" ", -1);
                        // A line cut short by the kill says nothing.
                        if (words.length == 3 && words[2].equals("said")) {
                            said.put(Integer.parseInt(words[0]), Stage.valueOf(words[1]));
                        }
                    },
                    folder.toString(),
                    Integer.toString(first));
            first = checkAndEnd(folder, first, said);
        }
    }

    /** @return the first number that no branch has had yet */
    private static int checkAndEnd(Path folder, int first, Map<Integer, Stage> said) throws SQLException, XAException {
        int next = first;
        try (XaClient client = new XaClient(TestDatabases.url(folder));
                Client other = new Client(TestDatabases.url(folder))) {
            Map<Integer, Xid> inDoubt = new TreeMap<>();
            for (Xid xid : client.inDoubt()) {
                inDoubt.put(ByteBuffer.wrap(xid.getGlobalTransactionId()).getInt(), xid);
            }
            other.run("SET lock_timeout = 20");
            for (Map.Entry<Integer, Stage> branch : said.entrySet()) {
                int number = branch.getKey();
                boolean waits = inDoubt.containsKey(number);
                boolean written = rowCount(other, number) == ROWS_PER_BRANCH;
                switch (branch.getValue()) {
                    case PREPARED ->
                        assertThat(waits && !written).as("%s prepared", number).isTrue();
                    case COMMITTING ->
                        assertThat(waits != written).as("%s committing", number).isTrue();
                    case COMMITTED ->
                        assertThat(!waits && written).as("%s committed", number).isTrue();
                    // Whoever is told of a branch a second time says the same again.
                    case ROLLING_BACK, ROLLED_BACK ->
                        assertThat(written).as("%s rolled back", number).isFalse();
                }
                next = number + 1;
            }
            for (Map.Entry<Integer, Xid> waiting : inDoubt.entrySet()) {
                int number = waiting.getKey();
                next = Math.max(next, number + 1);
                assertThat(rowCount(other, number)).isZero();
                assertThat(other.failure("INSERT INTO written VALUES (" + number + ", 0)")
                                .getSQLState())
                        .isEqualTo("55P03");
                if (number % 2 == 0) {
                    client.resource().commit(waiting.getValue(), false);
                } else {
                    client.resource().rollback(waiting.getValue());
                }
                assertThat(rowCount(other, number)).isEqualTo(number % 2 == 0 ? ROWS_PER_BRANCH : 0);
            }
            assertThat(other.rows("SELECT branch FROM written GROUP BY branch HAVING count(*) <> " + ROWS_PER_BRANCH))
                    .as("branches written in part")
                    .isEmpty();
            assertThat(client.inDoubt()).isEmpty();
        }
        return next;
    }

    private static int rowCount(Client client, int number) throws SQLException {
        return Integer.parseInt(client.value("SELECT count(*) FROM written WHERE branch = " + number));
    }

    /** What is killed: prepares branches, and ends some of those it has prepared before. */
    static final class Writer {
        private static final int WAITING = 3;

        private Writer() {}

        public static void main(String[] arguments) throws SQLException, XAException {
            try (XaClient client = new XaClient(TestDatabases.url(Path.of(arguments[0])))) {
                client.client()
                        .run("CREATE TABLE IF NOT EXISTS written (branch INT, part INT, PRIMARY KEY (branch, part))");
                XAResource resource = client.resource();
                ChildJvm.say("ready");
                for (int number = Integer.parseInt(arguments[1]); ; number++) {
                    int branch = number;
                    client.prepare(
                            xid(branch),
                            IntStream.range(0, ROWS_PER_BRANCH)
                                    .mapToObj(part -> "INSERT INTO written VALUES (" + branch + ", " + part + ")")
                                    .toArray(String[]::new));
                    say(branch, Stage.PREPARED);
                    int ending = branch - WAITING;
                    if (ending < Integer.parseInt(arguments[1])) {
                        continue;
                    }
                    if (ending % 3 == 0) {
                        say(ending, Stage.ROLLING_BACK);
                        resource.rollback(xid(ending));
                        say(ending, Stage.ROLLED_BACK);
                    } else {
                        say(ending, Stage.COMMITTING);
                        resource.commit(xid(ending), false);
                        say(ending, Stage.COMMITTED);
                    }
                }
            }
        }

        private static void say(int branch, Stage stage) {
            ChildJvm.say(branch + " " + stage + " said");
        }
    }
}
