// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The persistent store of definitions and its cache. */
@NullMarked
package org.kalamdb.store;

import org.jspecify.annotations.NullMarked;
