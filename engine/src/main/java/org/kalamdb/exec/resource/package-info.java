// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the running queries of a database share: heap, and files to write to when it is used up. Knows bytes, and nothing of
 * what they mean.
 */
@NullMarked
package org.kalamdb.exec.resource;

import org.jspecify.annotations.NullMarked;
