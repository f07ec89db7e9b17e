// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Large objects of {@code java.sql}, which are values in memory like others. */
@NullMarked
package org.kalamdb.jdbc.lob;

import org.jspecify.annotations.NullMarked;
