/** Definitions of the engine's own tables. */
@NullMarked
package org.kalamdb.system;

import org.jspecify.annotations.NullMarked;
