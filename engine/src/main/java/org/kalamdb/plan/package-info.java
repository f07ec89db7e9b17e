// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** From a statement's syntax tree to an optimised relational plan: types, catalog, validation, rules. */
@NullMarked
package org.kalamdb.plan;

import org.jspecify.annotations.NullMarked;
