// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.flyway;

import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/** Splits scripts into statements, which are those of the SQL standard. */
final class KalamParser extends Parser {
    /** How far Flyway looks ahead to tell what a token is. */
    private static final int PEEK_DEPTH = 3;

    KalamParser(Configuration configuration, ParsingContext context) {
        super(configuration, context, PEEK_DEPTH);
    }
}
