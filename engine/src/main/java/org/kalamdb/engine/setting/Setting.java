// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.setting;

import org.jspecify.annotations.Nullable;

/** Something that SET and RESET change and SHOW shows. */
sealed interface Setting permits SessionSetting, DatabaseSetting {
    /** As statements name it. */
    String sqlName();

    /** What values there are, as it follows "must be". */
    String allowed();

    String shown(SettingTarget session);

    /**
     * Changes the setting.
     *
     * @param text null for what it was at the start
     * @return false, and nothing has changed, if the text is not a value
     */
    boolean set(SettingTarget session, @Nullable String text);
}
