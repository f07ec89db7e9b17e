// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine;

import org.kalamdb.type.KalamDataType;

/**
 * One parameter of a prepared query. Immutable.
 *
 * @param type the type its value is converted to
 * @param nullable whether NULL is of use there
 */
public record ParameterInfo(KalamDataType type, boolean nullable) {}
