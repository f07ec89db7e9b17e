// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

/** A query that can be run either way. Safe for use by several threads. */
public interface CompiledQuery extends BatchQuery, RowQuery {}
