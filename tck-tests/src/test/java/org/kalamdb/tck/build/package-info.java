// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Tests of the project's own shape: which module knows which, and what it depends on. */
@NullMarked
package org.kalamdb.tck.build;

import org.jspecify.annotations.NullMarked;
