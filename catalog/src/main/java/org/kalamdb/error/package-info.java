/** Error codes, SQLStates and the one exception that leaves catalog and engine. */
@NullMarked
package org.kalamdb.error;

import org.jspecify.annotations.NullMarked;
