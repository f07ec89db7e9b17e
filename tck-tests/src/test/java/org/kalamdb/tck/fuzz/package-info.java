// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Random queries over random tables, each asked in several ways that must answer the same. */
package org.kalamdb.tck.fuzz;
