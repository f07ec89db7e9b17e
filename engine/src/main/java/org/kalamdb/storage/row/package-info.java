// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** How rows and keys are encoded, and how columns are read out of what is stored. */
@NullMarked
package org.kalamdb.storage.row;

import org.jspecify.annotations.NullMarked;
