// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What the documents say, run. */
@NullMarked
package org.kalamdb.tck.docs;

import org.jspecify.annotations.NullMarked;
