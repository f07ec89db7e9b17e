// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Copies of databases and namespaces in folders, and the way back. */
@NullMarked
package org.kalamdb.backup;

import org.jspecify.annotations.NullMarked;
