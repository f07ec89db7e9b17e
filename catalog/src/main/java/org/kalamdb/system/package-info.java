// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Definitions of the engine's own tables. */
@NullMarked
package org.kalamdb.system;

import org.jspecify.annotations.NullMarked;
