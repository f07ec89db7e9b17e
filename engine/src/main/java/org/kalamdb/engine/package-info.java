// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The engine's public surface: a database, sessions on it, prepared queries and result cursors. With {@code engine.batch} it is
 * all that drivers may know; the packages below it do the work, and nothing outside of the engine uses them.
 */
@NullMarked
package org.kalamdb.engine;

import org.jspecify.annotations.NullMarked;
