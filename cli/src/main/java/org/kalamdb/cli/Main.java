// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Entry point of the {@code kalam} command: picks the subcommand and turns its outcome into an exit code. */
public final class Main {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    static final String USAGE = """
            Usage: kalam <command> [options]

              kalam demo [--scale n] [--dir folder] [--no-cold-start]
                  Loads TPC-H data and shows what the database does, step by step, with times.
                  --scale n         TPC-H scale factor, 0.01 to 10 (default 0.1, about 866,000 rows)
                  --dir folder      keep the database there (default: a temporary folder, removed at the end)
                  --no-cold-start   leave out the comparison of fresh JVMs

              kalam sql [url|folder] [-u user] [-c sql | -f file]
                  Opens a prompt, or runs the statements of -c, of a file or of standard input and stops at
                  the first error. Default: a database in memory.

              kalam help
                  Prints this text.
            """;

    private Main() {}

    /**
     * Runs one command and exits: 0 if it worked, 1 if a statement failed, 2 if the arguments make no sense.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) {
        String command = args.isEmpty() ? "help" : args.get(0);
        List<String> options = args.isEmpty() ? args : args.subList(1, args.size());
        try {
            switch (command) {
                case "demo":
                    new Demo(DemoOptions.parse(options), System.out).run();
                    return OK;
                case "sql":
                    return Shell.run(ShellOptions.parse(options));
                case "help", "-h", "--help":
                    System.out.print(USAGE);
                    return OK;
                default:
                    throw new UsageException("Unknown command: " + command);
            }
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.err.println();
            System.err.print(USAGE);
            return WRONG_USAGE;
        } catch (SQLException e) {
            System.err.println(Errors.describe(e));
            return FAILED;
        } catch (IOException e) {
            System.err.println("Cannot read or write: " + e.getMessage());
            return FAILED;
        }
    }
}
