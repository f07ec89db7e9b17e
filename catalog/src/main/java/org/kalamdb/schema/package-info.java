/** Immutable definitions of tables, columns, views and namespaces. */
@NullMarked
package org.kalamdb.schema;

import org.jspecify.annotations.NullMarked;
