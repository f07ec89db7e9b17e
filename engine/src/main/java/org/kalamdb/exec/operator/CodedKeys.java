// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.batch.BytesVector;
import org.kalamdb.engine.batch.DictionaryVector;
import org.kalamdb.exec.kernel.BytesLane;
import org.kalamdb.exec.kernel.Lane;

/**
 * Numbers keys whose columns are all of texts that rows name by small dictionaries: a key table is asked once for each
 * combination of codes that occurs. Confined to one thread.
 */
final class CodedKeys {
    private static final int MAX_COMBINATIONS = 1 << 12;

    /** Of one column: a dictionary has at most as many values as the rows that use it. */
    private static final int MAX_CODES = 1 << 16;

    /** Of a combination that has been met in the batch, and is not yet numbered. */
    private static final int MET = -1;

    private final KeyTable table;
    private final @Nullable BytesVector[] dictionaries;
    /** The number of the key of each combination of codes plus 1, or 0. */
    private int[] numbers = {};

    private int[] combinations = {};
    private int[] newRows = {};
    private int[] newCombinations = {};
    private int[] newNumbers = {};

    CodedKeys(KeyTable table, int columnCount) {
        this.table = table;
        this.dictionaries = new @Nullable BytesVector[columnCount];
    }

    /** As {@link KeyTable#add}. Returns false, with nothing done, if rows do not have codes, or there are too many. */
    boolean add(Lane[] keys, int[] rows, int count, int[] found) {
        if (!begin(keys)) {
            return false;
        }
        reserve(count);
        Arrays.fill(combinations, 0, count, 0);
        for (Lane key : keys) {
            combine((BytesLane) key, rows, count);
        }
        numberNew(keys, rows, count);
        for (int i = 0; i < count; i++) {
            found[i] = numbers[combinations[i]] - 1;
        }
        return true;
    }

    /** Forgets what it knows if the dictionaries are others. */
    private boolean begin(Lane[] keys) {
        long size = 1;
        boolean known = true;
        for (int k = 0; k < keys.length; k++) {
            DictionaryVector coded = keys[k] instanceof BytesLane lane ? lane.coded() : null;
            if (coded == null) {
                return false;
            }
            BytesVector dictionary = coded.dictionary();
            known &= dictionaries[k] == dictionary;
            dictionaries[k] = dictionary;
            size = Math.min(Integer.MAX_VALUE, size * (dictionary.size() + 1L));
        }
        if (size > (keys.length == 1 ? MAX_CODES : MAX_COMBINATIONS)) {
            Arrays.fill(dictionaries, null);
            return false;
        }
        if (!known) {
            numbers = new int[(int) size];
        }
        return true;
    }

    private void reserve(int count) {
        if (combinations.length < count) {
            combinations = new int[count];
            newRows = new int[count];
            newCombinations = new int[count];
            newNumbers = new int[count];
        }
    }

    /** Takes one more column into account; NULL has the code behind those of all values. */
    private void combine(BytesLane lane, int[] rows, int count) {
        DictionaryVector coded = lane.coded();
        if (coded == null) {
            throw new IllegalStateException("Rows have no codes");
        }
        int[] codes = coded.codes();
        int size = coded.dictionary().size() + 1;
        boolean[] nulls = lane.nulls();
        if (nulls == null) {
            for (int i = 0; i < count; i++) {
                combinations[i] = combinations[i] * size + codes[rows[i]];
            }
        } else {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                combinations[i] = combinations[i] * size + (nulls[row] ? size - 1 : codes[row]);
            }
        }
    }

    private void numberNew(Lane[] keys, int[] rows, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int combination = combinations[i];
            if (numbers[combination] == 0) {
                numbers[combination] = MET;
                newCombinations[found] = combination;
                newRows[found++] = rows[i];
            }
        }
        if (found > 0) {
            table.add(keys, newRows, found, newNumbers);
            for (int i = 0; i < found; i++) {
                numbers[newCombinations[i]] = newNumbers[i] + 1;
            }
        }
    }
}
