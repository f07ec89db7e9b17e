// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import org.kalamdb.schema.NamespaceDefinition;

/** The definitions of the users' namespaces. Safe for use by several threads. */
public final class NamespaceStore extends EntityStore<String, NamespaceDefinition> {
    private static final byte[] SPACE = CatalogKeys.space("namespace");

    /** @param store where their entries are, among those of others */
    public NamespaceStore(KeyValueStore store) {
        super(store);
    }

    @Override
    byte[] prefix() {
        return SPACE;
    }

    @Override
    String keyOf(NamespaceDefinition value) {
        return value.name();
    }

    @Override
    byte[] keyBytes(String key) {
        return CatalogKeys.name(SPACE, key);
    }

    @Override
    byte[] encode(NamespaceDefinition value) {
        return DefinitionJson.toBytes(DefinitionWriter.namespace(value));
    }

    @Override
    NamespaceDefinition decode(byte[] value) {
        return DefinitionJson.read("namespace", value, DefinitionReader::namespace);
    }
}
