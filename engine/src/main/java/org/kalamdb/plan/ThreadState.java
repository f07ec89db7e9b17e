// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;

/**
 * What Calcite leaves in the thread that planned. The thread is the application's: objects of our classes would keep them
 * loaded for as long as it lives, in a server long after the application was taken out of it. Safe for use by several
 * threads.
 */
public final class ThreadState {
    private ThreadState() {}

    /** Takes it away; planning that goes on in the thread finds the same defaults again. */
    public static void clear() {
        RelMetadataQueryBase.THREAD_PROVIDERS.remove();
        SqlTypeCoercionRule.THREAD_PROVIDERS.remove();
    }
}
