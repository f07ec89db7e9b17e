// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.hibernate;

import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolver;
import org.jspecify.annotations.Nullable;

/** Chooses {@link KalamDialect} by the name that the database gives itself. Safe for use by several threads. */
public final class KalamDialectResolver implements DialectResolver {
    private static final long serialVersionUID = 1;

    private static final String PRODUCT = "KalamDB";

    /** Called by Hibernate, which finds the class as a service. */
    public KalamDialectResolver() {}

    @Override
    public @Nullable Dialect resolveDialect(DialectResolutionInfo database) {
        return database.getDatabaseName().equals(PRODUCT) ? new KalamDialect(database) : null;
    }
}
