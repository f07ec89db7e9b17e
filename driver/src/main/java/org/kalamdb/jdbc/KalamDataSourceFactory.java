// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;
import org.kalamdb.jdbc.settings.ConnectionProperty;

/** Makes data sources again that were bound in a naming service. Stateless. */
public final class KalamDataSourceFactory implements ObjectFactory {
    static final String URL = "url";

    /** Made by naming services. */
    public KalamDataSourceFactory() {}

    /** The data source that a reference describes, or null if it describes something else. */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object described,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment) {
        if (!(described instanceof Reference reference)
                || !KalamDataSource.class.getName().equals(reference.getClassName())) {
            return null;
        }
        KalamDataSource source = new KalamDataSource();
        RefAddr url = reference.get(URL);
        if (url != null) {
            source.setUrl(String.valueOf(url.getContent()));
        }
        for (ConnectionProperty property : ConnectionProperty.values()) {
            RefAddr value = reference.get(property.key());
            if (value != null) {
                source.setProperty(property, String.valueOf(value.getContent()));
            }
        }
        return source;
    }
}
