// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Starts programs of this class path in a JVM of their own. */
public final class ChildJvm {
    private static final String ALL_IN_ONE = "-all.jar";

    /** What our own classes need; none of it brings a driver or a logger. */
    private static final List<String> TEST_LIBRARIES =
            List.of("test-classes", "assertj", "byte-buddy", "junit", "opentest4j", "apiguardian", "jspecify");

    private ChildJvm() {}

    /** Starts a main class; its errors appear among ours, its output is for us to read. */
    public static Process start(Class<?> mainClass, String... arguments) throws IOException {
        return start(command(mainClass, arguments));
    }

    /** Starts a main class after a shell has run a command that sets limits. */
    static Process startLimited(Path shell, String limit, String jvmOption, Class<?> mainClass, String... arguments)
            throws IOException {
        List<String> limited = command(mainClass, arguments);
        limited.add(1, jvmOption);
        limited.addAll(0, List.of(shell.toString(), "-c", limit + "; exec \"$@\"", "limited"));
        return start(limited);
    }

    /**
     * Starts a main class after a shell has run a command, which must succeed.
     *
     * @param prefix what starts the shell
     */
    static Process startIn(List<String> prefix, String preparation, Class<?> mainClass, String... arguments)
            throws IOException {
        return start(prepared(prefix, preparation, command(mainClass, arguments)));
    }

    /** As {@link #startIn}, with nothing else in the class path than the driver and these tests, to its end. */
    static List<String> linesIn(
            List<String> prefix, String preparation, List<String> options, Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(classPathOfDriver(), mainClass.getName(), arguments);
        command.addAll(command.indexOf("-cp"), options);
        return lines(new ProcessBuilder(prepared(prefix, preparation, command)));
    }

    private static List<String> prepared(List<String> prefix, String preparation, List<String> command) {
        List<String> prepared = new ArrayList<>(prefix);
        prepared.addAll(List.of("/bin/sh", "-c", preparation + " && exec \"$@\"", "prepared"));
        prepared.addAll(command);
        return prepared;
    }

    /**
     * Runs a main class to its end, which must be a good one.
     *
     * @param options of the JVM; they may take back those that are always given
     * @param environment variables besides those of this process
     * @return the lines that it said, on either channel; without empty ones and what the JVM and the logging API warn of
     */
    public static List<String> linesOf(
            List<String> options, Map<String, String> environment, Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        return lines(classPath(), options, environment, mainClass, arguments);
    }

    /** As {@link #linesOf}, with nothing else in the class path than the driver and these tests. */
    public static List<String> linesOfDriverAlone(
            List<String> options, Map<String, String> environment, Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        return lines(classPathOfDriver(), options, environment, mainClass, arguments);
    }

    private static List<String> lines(
            String classPath,
            List<String> options,
            Map<String, String> environment,
            Class<?> mainClass,
            String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(classPath, mainClass.getName(), arguments);
        command.addAll(command.indexOf("-cp"), options);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return lines(builder);
    }

    private static List<String> lines(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("WARNING: ") && !line.startsWith("SLF4J(W): "))
                    .toList();
        }
        assertThat(process.waitFor())
                .as("exit code after %s", String.join("\n", lines))
                .isZero();
        return lines;
    }

    /**
     * Starts a program that is not ours, which finds the driver in its class path. All it says goes to its output.
     *
     * @param program with whatever else it needs
     * @param options of the JVM
     */
    public static Process startProgram(Path program, List<String> options, String mainClass, String... arguments)
            throws IOException {
        List<String> command = command(program + File.pathSeparator + classPathOfDriver(), mainClass, arguments);
        command.addAll(command.indexOf("-cp"), options);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String classPath() {
        // Under Maven the class path proper is hidden behind a jar that only names it.
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** On the classes of the reactor, where the driver is many jars, it is the whole class path. */
    private static String classPathOfDriver() {
        List<String> entries = List.of(classPath().split(File.pathSeparator));
        if (entries.stream().noneMatch(entry -> entry.endsWith(ALL_IN_ONE))) {
            return classPath();
        }
        return entries.stream()
                .filter(entry -> entry.endsWith(ALL_IN_ONE)
                        || TEST_LIBRARIES.stream().anyMatch(library -> entry.contains(library)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> command(Class<?> mainClass, String... arguments) {
        return command(classPath(), mainClass.getName(), arguments);
    }

    private static List<String> command(String classPath, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Runs a main class, which says {@code ready} when it begins what is to be interrupted, and kills it in the midst of it.
     *
     * @param lines how many lines it says before its time begins to run out
     * @param millis how long it goes on then
     * @param said gets each line after that; the last one may be cut short
     */
    static void runAndKill(Class<?> mainClass, int lines, int millis, Consumer<String> said, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(mainClass, arguments);
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("ready");
            Thread killer = new Thread(() -> kill(process, millis));
            String line = "";
            for (int count = 0; line != null; count++) {
                if (count == lines) {
                    killer.start();
                }
                line = output.readLine();
                if (line != null) {
                    said.accept(line);
                }
            }
            killer.join();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void kill(Process process, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not by the process, which would close its output while lines are still to be read.
        process.toHandle().destroyForcibly();
    }

    /** What a program says to whoever has started it; several threads may. */
    public static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
