// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The shell's conversation at a terminal: Ctrl+C stops the running statement or forgets the one being typed, Ctrl+D
 * leaves. Confined to one thread.
 */
final class Prompt {
    private static final String FIRST_LINE = "kalam> ";
    private static final String NEXT_LINE = "    -> ";

    private final Shell shell;
    private final Connection connection;

    Prompt(Shell shell, Connection connection) {
        this.shell = shell;
        this.connection = connection;
    }

    /** Whether standard input and output are a terminal. */
    static boolean isPossible() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal too, and this method to tell.
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    void run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("kalam")
                    .completer(new SqlCompleter(connection))
                    .history(new DiscreetHistory())
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".kalamdb_history"))
                    .variable(LineReader.HISTORY_SIZE, 1_000)
                    .build();
            terminal.handle(Terminal.Signal.INT, signal -> shell.cancel());
            while (!shell.isFinished()) {
                try {
                    shell.accept(reader.readLine(shell.isInsideStatement() ? NEXT_LINE : FIRST_LINE));
                } catch (UserInterruptException e) {
                    shell.discardStatement();
                } catch (EndOfFileException e) {
                    return;
                }
            }
        }
    }
}
