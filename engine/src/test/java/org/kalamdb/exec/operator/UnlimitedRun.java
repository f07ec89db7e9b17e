// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.kernel.Run;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.function.StatementContext;

/** A run that shares nothing, and that nobody stops. */
final class UnlimitedRun implements Run {
    @Override
    public @Nullable Object parameter(int index) {
        throw new UnsupportedOperationException("There are no parameters");
    }

    @Override
    public StatementContext statement() {
        throw new UnsupportedOperationException("There is no statement");
    }

    @Override
    public Resources resources() {
        throw new UnsupportedOperationException("Nothing is shared");
    }

    @Override
    public void checkCancelled() {
        // Nobody asks to stop.
    }
}
