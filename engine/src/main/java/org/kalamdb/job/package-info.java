// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Work in the background of a database: flushing rows to segments and merging segments. */
@NullMarked
package org.kalamdb.job;

import org.jspecify.annotations.NullMarked;
