// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The folder of a database: whether it is one, who holds it, which processes read it, and how far its files have come. Knows files
 * and locks, and nothing of what is in them.
 */
@NullMarked
package org.kalamdb.storage.folder;

import org.jspecify.annotations.NullMarked;
