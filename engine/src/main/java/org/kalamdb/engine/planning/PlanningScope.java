// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

/**
 * For whom a statement is planned.
 *
 * @param namespace where unqualified names are looked up
 * @param cancellation throws if the statement is to stop
 */
public record PlanningScope(String namespace, Runnable cancellation) {}
