// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Databases of KalamDB as Flyway sees them; it finds this by itself. */
@NullMarked
package org.kalamdb.flyway;

import org.jspecify.annotations.NullMarked;
