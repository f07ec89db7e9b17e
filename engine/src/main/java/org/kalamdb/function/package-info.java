// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * SQL functions: their declarations for the validator and the pure Java methods that compute them.
 *
 * <p>Classes whose methods are called by generated code are public for that reason alone.
 */
@NullMarked
package org.kalamdb.function;

import org.jspecify.annotations.NullMarked;
