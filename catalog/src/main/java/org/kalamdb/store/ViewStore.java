// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;

/** The definitions of the users' views. Safe for use by several threads. */
public final class ViewStore extends QualifiedStore<ViewDefinition> {
    /** @param store where their entries are, among those of others */
    public ViewStore(KeyValueStore store) {
        super(store, "view");
    }

    @Override
    TableId keyOf(ViewDefinition value) {
        return value.id();
    }

    @Override
    byte[] encode(ViewDefinition value) {
        return DefinitionJson.toBytes(DefinitionWriter.view(value));
    }

    @Override
    ViewDefinition decode(byte[] value) {
        return DefinitionJson.read("view", value, DefinitionReader::view);
    }
}
