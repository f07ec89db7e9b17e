// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.setting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.sql.Inspection;
import org.kalamdb.sql.OptionValue;
import org.kalamdb.sql.SessionControl;
import org.kalamdb.type.KalamDataType;

/** What SET, RESET and SHOW know by name. */
public final class Settings {
    private static final String ALL = "all";
    private static final List<Setting> SETTINGS = Stream.<Setting[]>of(
                    SessionSetting.values(), DatabaseSetting.values())
            .flatMap(Arrays::stream)
            .sorted(Comparator.comparing(Setting::sqlName))
            .toList();

    private Settings() {}

    /** Runs SET or RESET. */
    public static void set(SessionControl.SetVariable statement, SettingTarget session) {
        Setting setting = find(statement.name());
        OptionValue value = statement.value();
        String text = value == null ? null : value.text();
        if (!setting.set(session, text)) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    ObjectNames.position(statement.position()),
                    "Invalid value of setting " + setting.sqlName() + ": must be " + setting.allowed() + ", got: "
                            + text,
                    null);
        }
    }

    /** The columns that SHOW answers. */
    public static List<ResultColumn> columns(Inspection.ShowVariable statement) {
        return isAll(statement)
                ? List.of(column("name"), column("setting"))
                : List.of(column(find(statement.name()).sqlName()));
    }

    /** The rows that SHOW answers. */
    public static List<@Nullable Object[]> rows(Inspection.ShowVariable statement, SettingTarget session) {
        if (isAll(statement)) {
            return SETTINGS.stream()
                    .map(setting -> new @Nullable Object[] {setting.sqlName(), setting.shown(session)})
                    .toList();
        }
        return List.<@Nullable Object[]>of(
                new @Nullable Object[] {find(statement.name()).shown(session)});
    }

    private static Setting find(SqlIdentifier identifier) {
        String name = String.join(".", identifier.names);
        for (Setting setting : SETTINGS) {
            if (setting.sqlName().equalsIgnoreCase(name)) {
                return setting;
            }
        }
        String known = SETTINGS.stream().map(Setting::sqlName).collect(Collectors.joining(", "));
        throw new KalamException(
                ErrorCode.NOT_SUPPORTED,
                ObjectNames.position(identifier.getParserPosition()),
                "Unsupported setting, known are " + known + ", got: " + name,
                null);
    }

    private static boolean isAll(Inspection.ShowVariable statement) {
        return statement.name().isSimple() && statement.name().getSimple().equals(ALL);
    }

    private static ResultColumn column(String name) {
        return new ResultColumn(name, KalamDataType.TEXT, false, null, null);
    }
}
