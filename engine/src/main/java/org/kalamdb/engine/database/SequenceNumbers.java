// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.database;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.schema.Names;
import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.sql.KalamParser;

/** Gives the numbers of sequences, each once. Safe for use by several threads. */
public final class SequenceNumbers {
    private final OpenDatabase database;
    /** The names that plans hold; as many as there are sequences in them. */
    private final Map<String, TableId> ids = new ConcurrentHashMap<>();

    SequenceNumbers(OpenDatabase database) {
        this.database = database;
    }

    /**
     * The next number.
     *
     * @param name namespace and name of the sequence, as {@link TableId#toString} writes them
     * @throws KalamException SEQUENCE_NOT_FOUND; SEQUENCE_EXHAUSTED
     */
    public long next(String name) {
        TableId id = ids.computeIfAbsent(name, SequenceNumbers::parse);
        SequenceDefinition sequence = database.catalog().requireSequence(id);
        long number = database.sequences().numbers(sequence).next();
        if (number < sequence.minimum() || number > sequence.maximum()) {
            throw new KalamException(
                    ErrorCode.SEQUENCE_EXHAUSTED,
                    "Sequence " + id + " has given all of its numbers from " + sequence.minimum() + " to "
                            + sequence.maximum() + "; restart it with ALTER SEQUENCE .. RESTART or make another one");
        }
        return number;
    }

    private static TableId parse(String name) {
        return ObjectNames.tableId((SqlIdentifier) KalamParser.parseExpression(name), Names.DEFAULT_NAMESPACE);
    }
}
