// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.kernel;

/** A column of the batch as it is. Immutable. @param column counted from 0 */
public record ColumnReference(int column) implements Expression {
    @Override
    public Kernel open(Run run) {
        return new ColumnKernel(column);
    }
}
