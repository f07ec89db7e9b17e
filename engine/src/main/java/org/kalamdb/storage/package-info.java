// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Rows on disk: the key-value store, the two tiers, table access and counters. */
@NullMarked
package org.kalamdb.storage;

import org.jspecify.annotations.NullMarked;
