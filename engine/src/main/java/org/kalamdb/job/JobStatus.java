// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

/** How far a job is. */
public enum JobStatus {
    RUNNING,
    COMPLETED,
    FAILED
}
