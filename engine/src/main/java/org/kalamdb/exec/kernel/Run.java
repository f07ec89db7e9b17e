// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.function.StatementContext;

/** What kernels and operators know of the run of a query that they are part of. Confined to one thread. */
public interface Run {
    /** The internal value of a parameter. */
    @Nullable
    Object parameter(int index);

    /** The facts that functions ask for. */
    StatementContext statement();

    /** What the run shares with other ones. */
    Resources resources();

    /** @throws org.kalamdb.error.KalamException QUERY_CANCELED if somebody asked to stop or time is up */
    void checkCancelled();
}
