// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Databases of KalamDB as Liquibase sees them; it finds this by itself. */
@NullMarked
package org.kalamdb.liquibase;

import org.jspecify.annotations.NullMarked;
