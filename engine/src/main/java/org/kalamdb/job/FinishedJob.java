// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.job;

/**
 * A job that was completed. Immutable.
 *
 * @param <R> what it answers
 * @param jobId the job's id
 * @param result what it has done
 */
public record FinishedJob<R>(String jobId, R result) {}
