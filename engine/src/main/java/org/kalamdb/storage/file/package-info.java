// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What a database does to files other than those of its key-value store. */
@NullMarked
package org.kalamdb.storage.file;

import org.jspecify.annotations.NullMarked;
