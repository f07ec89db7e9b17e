// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Vectorised evaluation: lanes of values, and kernels that compute one lane from others, for the selected rows of a batch at
 * a time. Values are the internal values of running queries. Nothing here generates code.
 */
@NullMarked
package org.kalamdb.exec.kernel;

import org.jspecify.annotations.NullMarked;
