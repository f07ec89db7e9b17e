// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Error codes, SQLStates and the one exception that leaves catalog and engine. */
@NullMarked
package org.kalamdb.error;

import org.jspecify.annotations.NullMarked;
