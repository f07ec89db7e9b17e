/** From a statement's syntax tree to an optimised relational plan: types, catalog, validation, rules. */
@NullMarked
package org.kalamdb.plan;

import org.jspecify.annotations.NullMarked;
