// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.util.Objects.requireNonNull;

import org.kalamdb.engine.batch.BooleanVector;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.ColumnVector;
import org.kalamdb.engine.batch.Decimal128Vector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.engine.batch.DoubleVector;
import org.kalamdb.engine.batch.EmbeddingVector;
import org.kalamdb.engine.batch.FloatVector;
import org.kalamdb.engine.batch.IntVector;
import org.kalamdb.engine.batch.LongVector;
import org.kalamdb.engine.batch.NarrowVector;
import org.kalamdb.engine.batch.ShortVector;
import org.kalamdb.engine.batch.UuidVector;

/**
 * The decoded values of one page of one column. Nobody writes to its arrays, so that any number of scans share them.
 * Immutable; safe for use by several threads.
 *
 * @param values all rows of the page
 * @param sizeInBytes about how much heap it takes, with its share of a dictionary that other pages refer to as well
 */
public record ColumnPage(ColumnVector values, long sizeInBytes) {
    /** Objects, array headers. */
    private static final int OVERHEAD_BYTES = 96;

    public ColumnPage {
        requireNonNull(values, "values is null");
    }

    /** @param pagesOfDictionary how many pages refer to the dictionary of these values, if they have one */
    static ColumnPage of(ColumnVector values, int pagesOfDictionary) {
        long nulls = values.hasNulls() ? values.size() / Byte.SIZE : 0;
        long shared = values instanceof DictionaryVector coded
                ? valueBytes(coded.dictionary()) / Math.max(1, pagesOfDictionary)
                : 0;
        return new ColumnPage(values, OVERHEAD_BYTES + nulls + valueBytes(values) + shared);
    }

    /** One whose dictionary, if there is one, nothing else refers to. */
    public static ColumnPage of(ColumnVector values) {
        return of(values, 1);
    }

    private static long valueBytes(ColumnVector values) {
        if (values instanceof BytesVector bytes) {
            return bytes.data().length + (long) bytes.offsets().length * Integer.BYTES;
        }
        return (long) values.size() * rowBytes(values);
    }

    private static int rowBytes(ColumnVector values) {
        if (values instanceof BooleanVector) {
            return 1;
        }
        if (values instanceof ShortVector) {
            return Short.BYTES;
        }
        if (values instanceof IntVector || values instanceof FloatVector || values instanceof DictionaryVector) {
            return Integer.BYTES;
        }
        if (values instanceof NarrowVector numbers) {
            return numbers.bytesOfRow();
        }
        if (values instanceof LongVector || values instanceof DoubleVector) {
            return Long.BYTES;
        }
        if (values instanceof UuidVector || values instanceof Decimal128Vector) {
            return 2 * Long.BYTES;
        }
        return ((EmbeddingVector) values).dimension() * Float.BYTES;
    }
}
