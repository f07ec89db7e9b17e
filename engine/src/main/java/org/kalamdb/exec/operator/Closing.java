// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things, all of them even if one cannot be closed. */
final class Closing {
    private Closing() {}

    /** @param <C> whose close() throws nothing that is checked */
    static <C extends AutoCloseable> void all(List<C> open) {
        RuntimeException failure = null;
        for (C each : open) {
            failure = close(each, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException close(AutoCloseable open, @Nullable RuntimeException earlier) {
        try {
            open.close();
            return earlier;
        } catch (RuntimeException e) {
            if (earlier == null) {
                return e;
            }
            earlier.addSuppressed(e);
            return earlier;
        } catch (Exception e) {
            throw new IllegalStateException("Closing part of a query failed", e);
        }
    }
}
