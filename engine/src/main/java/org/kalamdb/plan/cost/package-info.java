// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** How many rows the parts of a query answer, and the order of joins in which they are few. */
@NullMarked
package org.kalamdb.plan.cost;

import org.jspecify.annotations.NullMarked;
