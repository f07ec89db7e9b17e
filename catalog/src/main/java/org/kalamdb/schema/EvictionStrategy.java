// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/** What makes a STREAM table drop rows. */
public enum EvictionStrategy {
    TIME_BASED,
    SIZE_BASED,
    HYBRID
}
