// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** What a URL and its properties say of a connection. */
@NullMarked
package org.kalamdb.jdbc.settings;

import org.jspecify.annotations.NullMarked;
