// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * From text to a statement that is ready to run, and the plans that are kept: which way a statement goes, what its plan rests on,
 * and when it is out of date. Knows neither sessions nor transactions.
 */
@NullMarked
package org.kalamdb.engine.planning;

import org.jspecify.annotations.NullMarked;
