// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import org.kalamdb.schema.SequenceDefinition;
import org.kalamdb.schema.TableId;

/** The definitions of the users' sequences. Safe for use by several threads. */
public final class SequenceStore extends QualifiedStore<SequenceDefinition> {
    /** @param store where their entries are, among those of others */
    public SequenceStore(KeyValueStore store) {
        super(store, "sequence");
    }

    @Override
    TableId keyOf(SequenceDefinition value) {
        return value.id();
    }

    @Override
    byte[] encode(SequenceDefinition value) {
        return DefinitionJson.toBytes(DefinitionWriter.sequence(value));
    }

    @Override
    SequenceDefinition decode(byte[] value) {
        return DefinitionJson.read("sequence", value, DefinitionReader::sequence);
    }
}
