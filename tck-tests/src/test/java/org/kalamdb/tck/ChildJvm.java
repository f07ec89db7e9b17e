// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of this class path in a JVM of their own. */
final class ChildJvm {
    private ChildJvm() {}

    /** Starts a main class; its errors appear among ours, its output is for us to read. */
    static Process start(Class<?> mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                // Under Maven the class path proper is hidden behind a jar that only names it.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add(mainClass.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
