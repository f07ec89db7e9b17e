// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.setting;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.MemorySize;
import org.kalamdb.exec.resource.MemoryBudget;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.resource.WorkerPool;

/** Settings that all sessions of an open database share. */
enum DatabaseSetting implements Setting {
    MEMORY_LIMIT(
            MemorySize.ALLOWED,
            resources -> MemorySize.format(resources.memory().limitBytes()),
            DatabaseSetting::withMemoryLimit),
    THREADS(
            "a number from 1 to " + WorkerPool.MAX_THREADS,
            resources -> Integer.toString(resources.workers().threads()),
            DatabaseSetting::withThreads);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final String allowed;
    private final Function<Resources, String> show;
    private final BiFunction<Resources, @Nullable String, Boolean> change;

    DatabaseSetting(
            String allowed, Function<Resources, String> show, BiFunction<Resources, @Nullable String, Boolean> change) {
        this.allowed = allowed;
        this.show = show;
        this.change = change;
    }

    @Override
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String allowed() {
        return allowed;
    }

    @Override
    public String shown(SettingTarget session) {
        return show.apply(session.resources());
    }

    @Override
    public boolean set(SettingTarget session, @Nullable String text) {
        return change.apply(session.resources(), text);
    }

    private static boolean withMemoryLimit(Resources resources, @Nullable String text) {
        if (text == null) {
            resources.memory().setLimitBytes(MemoryBudget.defaultLimitBytes());
            return true;
        }
        Long bytes = MemorySize.parse(text);
        if (bytes == null) {
            return false;
        }
        resources.memory().setLimitBytes(bytes);
        return true;
    }

    private static boolean withThreads(Resources resources, @Nullable String text) {
        if (text != null && !NUMBER.matcher(text).matches()) {
            return false;
        }
        int threads = text == null ? WorkerPool.defaultThreads() : Integer.parseInt(text);
        if (threads < 1 || threads > WorkerPool.MAX_THREADS) {
            return false;
        }
        resources.workers().setThreads(threads);
        return true;
    }
}
