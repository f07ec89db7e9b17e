// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage;

import org.kalamdb.storage.cold.SegmentEntry;

/**
 * A segment and how much of it is gone. Immutable.
 *
 * @param maskedRows rows that were deleted or replaced since it was written
 */
public record SegmentInfo(SegmentEntry entry, int maskedRows) {}
