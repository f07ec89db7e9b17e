// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

/** The content of a database that this process alone has open. Safe for use by several threads. */
final class OwnedContent implements DatabaseContent {
    private final OpenDatabase parts;

    OwnedContent(OpenDatabase parts) {
        this.parts = parts;
    }

    @Override
    public OpenDatabase acquire() {
        return parts;
    }

    @Override
    public OpenDatabase renew(OpenDatabase held) {
        return parts;
    }

    @Override
    public void release(OpenDatabase held) {
        // All sessions have the same.
    }

    @Override
    public void close() {
        parts.close();
    }
}
