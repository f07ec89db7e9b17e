// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import org.kalamdb.engine.DatabaseLocation;
import org.kalamdb.exec.resource.Resources;

/** The content of a database that this process alone has open. Safe for use by several threads. */
public final class OwnedContent implements DatabaseContent {
    private final OpenDatabase parts;
    private final Resources resources;

    private OwnedContent(OpenDatabase parts, Resources resources) {
        this.parts = parts;
        this.resources = resources;
    }

    /** Opens a database for writing. */
    public static OwnedContent open(DatabaseLocation location) {
        Resources resources = SharedResources.ofOwner(location);
        return new OwnedContent(OpenDatabase.open(location, resources), resources);
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
        try {
            resources.close();
        } finally {
            parts.close();
        }
    }
}
