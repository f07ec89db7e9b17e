// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import org.apache.parquet.column.values.ValuesReader;

/** Makes the stored value of the next value of a column. Safe for use by several threads. */
@FunctionalInterface
interface ParquetDecoding {
    Object next(ValuesReader values);
}
