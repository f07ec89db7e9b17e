// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Measurements with JMH; {@code docs/benchmarks.md} says how to run them and what they gave. */
@NullMarked
package org.kalamdb.bench;

import org.jspecify.annotations.NullMarked;
