// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What SET, RESET and SHOW know by name. A session lets its settings be changed as a {@code SettingTarget}.
 */
@NullMarked
package org.kalamdb.engine.setting;

import org.jspecify.annotations.NullMarked;
