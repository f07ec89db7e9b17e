// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Side by side with the peers: one program, the same work through JDBC on each database, in turns. */
@NullMarked
package org.kalamdb.bench.peers;

import org.jspecify.annotations.NullMarked;
