// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** Reads statements and backslash commands and runs them one after the other. Confined to one thread. */
final class Shell {
    private final StatementBuffer buffer = new StatementBuffer();
    private final StatementRunner runner;
    private final PrintStream out;
    private final PrintStream err;
    private boolean finished;

    Shell(Connection connection, PrintStream out, PrintStream err) {
        this.runner = new StatementRunner(connection, out);
        this.out = out;
        this.err = err;
    }

    /** Runs what {@code options} ask for and returns the exit code. */
    static int run(ShellOptions options) throws IOException, SQLException {
        Properties properties = new Properties();
        if (options.user() != null) {
            properties.setProperty("user", options.user());
        }
        try (Connection connection = DriverManager.getConnection(options.url(), properties)) {
            Shell shell = new Shell(connection, System.out, System.err);
            String sql = options.sql();
            Path file = options.file();
            if (sql != null) {
                return shell.runScript(new StringReader(sql));
            }
            if (file != null) {
                try (Reader script = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    return shell.runScript(script);
                }
            }
            if (!Prompt.isPossible()) {
                return shell.runScript(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            }
            System.out.println("Connected to " + options.url() + ". Statements end with ; and \\? shows the commands.");
            new Prompt(shell, connection).run();
            return Main.OK;
        }
    }

    /** Runs all statements of {@code script}; the first that fails ends it with {@link Main#FAILED}. */
    int runScript(Reader script) throws IOException {
        BufferedReader lines = new BufferedReader(script);
        for (String line = lines.readLine(); line != null && !finished; line = lines.readLine()) {
            if (!accept(line)) {
                return Main.FAILED;
            }
        }
        return finished || runAll(buffer.finish()) ? Main.OK : Main.FAILED;
    }

    /** Takes one line of input and runs what it completes. Returns false if something failed. */
    boolean accept(String line) {
        if (buffer.isEmpty() && line.strip().startsWith("\\")) {
            return runCommand(line.strip());
        }
        return runAll(buffer.add(line));
    }

    /** Whether {@code \q} was given. */
    boolean isFinished() {
        return finished;
    }

    /** Whether the next line continues a statement. */
    boolean isInsideStatement() {
        return !buffer.isEmpty();
    }

    /** Forgets the statement that has begun. */
    void discardStatement() {
        buffer.clear();
    }

    /** Asks the running statement, if any, to stop. Safe for use by several threads. */
    void cancel() {
        runner.cancel();
    }

    private boolean runAll(List<String> statements) {
        for (String statement : statements) {
            if (!runOne(statement)) {
                return false;
            }
        }
        return true;
    }

    private boolean runOne(String sql) {
        try {
            runner.run(sql);
            return true;
        } catch (SQLException e) {
            err.println(Errors.describe(e));
            return false;
        }
    }

    private boolean runCommand(String text) {
        String[] words = text.split("\\s+", 2);
        ShellCommand command = ShellCommand.find(words[0]).orElse(null);
        if (command == null) {
            err.println("Unknown command " + words[0] + ", \\? shows the commands");
            return false;
        }
        String argument = words.length > 1 ? words[1] : "";
        return switch (command) {
            case QUIT -> {
                finished = true;
                yield true;
            }
            case HELP -> {
                out.print(ShellCommand.help());
                yield true;
            }
            case TABLES -> runOne("SHOW TABLES");
            case STATS -> runOne("SELECT metric_name, metric_value FROM system.stats ORDER BY metric_name");
            case DESCRIBE -> {
                if (argument.isEmpty()) {
                    err.println("Command \\d needs a table, for example \\d messages");
                    yield false;
                }
                yield runOne("DESCRIBE TABLE " + argument);
            }
        };
    }
}
