// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An open database: its parts put together, the tables in which it tells about itself, and how processes that only read follow
 * what another one writes. Knows no sessions.
 */
@NullMarked
package org.kalamdb.engine.database;

import org.jspecify.annotations.NullMarked;
