// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** COPY: the files that statements name, and rows on their way to them. */
@NullMarked
package org.kalamdb.copy;

import org.jspecify.annotations.NullMarked;
