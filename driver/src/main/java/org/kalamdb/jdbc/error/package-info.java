// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The exceptions and warnings of {@code java.sql} that the driver makes. */
@NullMarked
package org.kalamdb.jdbc.error;

import org.jspecify.annotations.NullMarked;
