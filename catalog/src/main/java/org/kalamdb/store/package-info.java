/** The persistent store of definitions and its cache. */
@NullMarked
package org.kalamdb.store;

import org.jspecify.annotations.NullMarked;
