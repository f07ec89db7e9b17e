// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The driver in JVMs as applications configure them: class loaders, locales, time zones, folders. */
@NullMarked
package org.kalamdb.tck.environment;

import org.jspecify.annotations.NullMarked;
