// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** The command line: a demo and a prompt, on JDBC only. */
@NullMarked
package org.kalamdb.cli;

import org.jspecify.annotations.NullMarked;
