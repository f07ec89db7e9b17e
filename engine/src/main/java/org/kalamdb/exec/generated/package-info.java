// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Plans in Calcite's enumerable convention, for which code is generated: what has no columnar operator. Rows of parts that need
 * no code come in as leaves, so nothing here knows how these are computed.
 *
 * <p>Classes whose methods are called by generated code are public for that reason alone.
 */
@NullMarked
package org.kalamdb.exec.generated;

import org.jspecify.annotations.NullMarked;
