// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Statements that change the catalog: what they say turned into definitions, checked against the rows there are. */
@NullMarked
package org.kalamdb.ddl;

import org.jspecify.annotations.NullMarked;
