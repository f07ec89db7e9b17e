// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What it costs to understand statements, beside the peers. */
@NullMarked
package org.kalamdb.bench.planning;

import org.jspecify.annotations.NullMarked;
