// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The engine's public surface: a database, sessions on it, prepared queries and result cursors. */
@NullMarked
package org.kalamdb.engine;

import org.jspecify.annotations.NullMarked;
