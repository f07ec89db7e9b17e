// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a running join knows of the keys it holds, given to the scans that look for matches: they leave out rows before
 * anything else is read of them.
 */
@NullMarked
package org.kalamdb.exec.filter;

import org.jspecify.annotations.NullMarked;
