// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Column batches, the one currency between storage, operators and clients. Public like the engine's surface. */
@NullMarked
package org.kalamdb.engine.batch;

import org.jspecify.annotations.NullMarked;
