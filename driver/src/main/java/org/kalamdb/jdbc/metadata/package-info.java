// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What the driver says of itself, of the catalog, of results and of parameters. */
@NullMarked
package org.kalamdb.jdbc.metadata;

import org.jspecify.annotations.NullMarked;
