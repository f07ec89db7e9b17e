// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Values on their way between applications and the engine. */
@NullMarked
package org.kalamdb.jdbc.value;

import org.jspecify.annotations.NullMarked;
