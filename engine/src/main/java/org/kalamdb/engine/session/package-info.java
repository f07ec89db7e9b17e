// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Sessions and the statements that they run: what a statement needs of the database is put together here, in the session's
 * transaction or in one of its own. Drivers see {@link org.kalamdb.engine.Session} and never these classes.
 */
@NullMarked
package org.kalamdb.engine.session;

import org.jspecify.annotations.NullMarked;
