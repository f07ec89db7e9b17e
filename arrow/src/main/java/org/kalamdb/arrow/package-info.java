// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Arrow at the border of the driver: results as record batches, and inserts of them. It knows the driver by its public
 * types only, none of which is Arrow's, so that it works beside the jar whose own Arrow has other names.
 */
@NullMarked
package org.kalamdb.arrow;

import org.jspecify.annotations.NullMarked;
