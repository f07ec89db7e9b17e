// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the JDBC specification says, one class a chapter, each sentence tried on our driver and on those of H2 and Derby:
 * a sentence that was misunderstood fails with them.
 */
@NullMarked
package org.kalamdb.tck.conformance;

import org.jspecify.annotations.NullMarked;
