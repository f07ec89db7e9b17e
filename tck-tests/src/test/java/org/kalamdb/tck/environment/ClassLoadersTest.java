// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kalamdb.tck.ChildJvm;

/** Several copies of the driver in one JVM, as in a server whose applications bring one each. */
final class ClassLoadersTest {
    private static final String WORK = "1250000.00 9999 45 {\"k\":\"name 9999\"} 4 42703";

    @TempDir
    private Path folder;

    private List<String> run(Class<?> program, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        all.add("-Djava.io.tmpdir=" + temporary);
        List<String> lines = ChildJvm.linesOfDriverAlone(
                all, Map.of(), program, folder.resolve("db").toString());
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as("temporary files").isEmpty();
        }
        return lines;
    }

    @Test
    void copiesWorkBesideEachOther() throws Exception {
        assertThat(run(Beside.class))
                .containsExactly(
                        "first open",
                        "second open",
                        "third open",
                        "first " + WORK,
                        "second " + WORK,
                        "third " + WORK,
                        "second in use 55006",
                        "process in use 55006",
                        "second reads open",
                        "second reads 10010",
                        "first closed",
                        "process connected",
                        "second opens open",
                        "second reads 10010");
    }

    @Test
    void nothingKeepsAClassLoaderWhoseConnectionsAreClosed() throws Exception {
        assertThat(run(Unloaded.class, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-XX:SoftRefLRUPolicyMSPerMB=0"))
                .containsExactly(
                        "0 " + WORK,
                        "1 " + WORK,
                        "2 " + WORK,
                        "threads []",
                        "hooks []",
                        "properties []",
                        "displaced false Displacing[value=a]",
                        "0 gone",
                        "1 gone",
                        "2 gone");
    }

    /** A class loader that sees the class path and nothing of what this one has loaded. */
    private static URLClassLoader newLoader() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings("unchecked") // The interface is that of the platform, the class is another loader's.
    private static BiFunction<String, String, String> applicationOf(ClassLoader loader)
            throws ReflectiveOperationException {
        return (BiFunction<String, String, String>) loader.loadClass(LoadedApplication.class.getName())
                .getConstructor()
                .newInstance();
    }

    /** Three copies at the same time. */
    static final class Beside {
        private Beside() {}

        public static void main(String[] arguments) throws Exception {
            try (URLClassLoader one = newLoader();
                    URLClassLoader two = newLoader();
                    URLClassLoader three = newLoader()) {
                BiFunction<String, String, String> first = applicationOf(one);
                BiFunction<String, String, String> second = applicationOf(two);
                BiFunction<String, String, String> third = applicationOf(three);
                String url = "jdbc:kalamdb:" + arguments[0];
                ChildJvm.say("first " + first.apply("open", url));
                ChildJvm.say("second " + second.apply("open", url + "2"));
                ChildJvm.say("third " + third.apply("open", url + "3"));
                ChildJvm.say("first " + first.apply("work", ""));
                ChildJvm.say("second " + second.apply("work", ""));
                ChildJvm.say("third " + third.apply("work", ""));
                second.apply("close", "");
                ChildJvm.say("second in use " + second.apply("open", url));
                // Looking whether the folder is in use must not have let the lock of the process go.
                ChildJvm.say("process in use " + connectInChild(url));
                ChildJvm.say("second reads " + second.apply("open", url + "?access=read-only"));
                ChildJvm.say("second reads " + second.apply("query", "SELECT count(*) FROM t"));
                second.apply("close", "");
                ChildJvm.say("first " + first.apply("close", ""));
                ChildJvm.say("process " + connectInChild(url));
                ChildJvm.say("second opens " + second.apply("open", url));
                ChildJvm.say("second reads " + second.apply("query", "SELECT count(*) FROM t"));
                second.apply("close", "");
                third.apply("close", "");
            }
        }

        private static String connectInChild(String url) throws IOException, InterruptedException {
            return String.join("\n", ChildJvm.linesOfDriverAlone(List.of(), Map.of(), Connecting.class, url));
        }
    }

    /** Connects and says how that went. */
    static final class Connecting {
        private Connecting() {}

        public static void main(String[] arguments) {
            try (var connection = DriverManager.getConnection(arguments[0])) {
                ChildJvm.say("connected");
            } catch (SQLException e) {
                ChildJvm.say(e.getSQLState());
            }
        }
    }

    /** One copy after the other, used by threads that live on. */
    static final class Unloaded {
        private static final int COPIES = 3;
        private static final int COLLECTIONS = 200;

        private Unloaded() {}

        public static void main(String[] arguments) throws Exception {
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            ExecutorService threads = Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            });
            for (int copy = 0; copy < COPIES; copy++) {
                loaders.add(use(copy, "jdbc:kalamdb:" + arguments[0] + copy, threads));
            }
            ChildJvm.say("threads "
                    + Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("kalamdb"))
                            .toList());
            ChildJvm.say("hooks " + ownShutdownHooks());
            ChildJvm.say("properties "
                    + System.getProperties().stringPropertyNames().stream()
                            .filter(name -> name.startsWith("kalamdb"))
                            .toList());
            // The JDK remembers the types of the record whose methods it has linked last; make those types of the JDK.
            ChildJvm.say("displaced " + new Displacing("a").equals(new Displacing("b")) + " " + new Displacing("a"));
            new Displacing("a").hashCode();
            for (int copy = 0; copy < COPIES; copy++) {
                ChildJvm.say(copy + (isGone(loaders.get(copy)) ? " gone" : " is still there"));
            }
        }

        private static WeakReference<ClassLoader> use(int copy, String url, ExecutorService threads)
                throws IOException, ReflectiveOperationException, ExecutionException, InterruptedException {
            try (URLClassLoader loader = newLoader()) {
                BiFunction<String, String, String> application = applicationOf(loader);
                application.apply("open", url);
                String work =
                        threads.submit(() -> application.apply("work", "")).get();
                application.apply("close", "");
                application.apply("open", "jdbc:kalamdb:mem:");
                application.apply("query", "SELECT count(*) FROM (VALUES (1), (2)) AS v (x) GROUP BY x");
                application.apply("close", "");
                application.apply("deregister", "");
                ChildJvm.say(copy + " " + work);
                return new WeakReference<>(loader);
            }
        }

        private static List<String> ownShutdownHooks() throws ReflectiveOperationException {
            Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
            hooks.setAccessible(true);
            return ((Map<?, ?>) hooks.get(null))
                    .keySet().stream()
                            .map(hook -> hook.getClass().getName())
                            .filter(name -> !name.startsWith("java."))
                            .toList();
        }

        private static boolean isGone(WeakReference<ClassLoader> loader) throws InterruptedException {
            for (int i = 0; i < COLLECTIONS && loader.get() != null; i++) {
                System.gc();
                Thread.sleep(10);
            }
            return loader.get() == null;
        }

        private record Displacing(String value) {}
    }
}
