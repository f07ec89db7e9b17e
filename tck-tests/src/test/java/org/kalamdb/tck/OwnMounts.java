// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs in a JVM of their own that see devices which nobody else sees; none of it needs any rights. */
public final class OwnMounts {
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");

    private OwnMounts() {}

    /** Whether this machine lets processes mount a device. */
    public static boolean canRun(String mount) throws InterruptedException {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of("/bin/sh", "-c", mount));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs a main class to its end, which must be a good one, when devices are mounted.
     *
     * @param options of the JVM
     * @return the lines that it said
     */
    public static List<String> linesOf(String mount, List<String> options, Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        return ChildJvm.linesIn(NAMESPACE, mount, options, mainClass, arguments);
    }

    /** Starts a main class when a device is mounted. */
    public static Process start(String mount, Class<?> mainClass, String... arguments) throws IOException {
        return ChildJvm.startIn(NAMESPACE, mount, mainClass, arguments);
    }
}
