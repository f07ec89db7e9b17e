// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Whether what is stored is what was written. */
@NullMarked
package org.kalamdb.check;

import org.jspecify.annotations.NullMarked;
