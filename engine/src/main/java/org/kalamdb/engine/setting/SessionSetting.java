// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.setting;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.Durability;
import org.kalamdb.engine.IsolationLevel;
import org.kalamdb.engine.TransactionSettings;

/** Settings of one session. */
enum SessionSetting implements Setting {
    DEFAULT_TRANSACTION_ISOLATION(
            Scope.DEFAULTS, "the name of an isolation level", SessionSetting::isolation, SessionSetting::withIsolation),
    DEFAULT_TRANSACTION_READ_ONLY(Scope.DEFAULTS, "on or off", SessionSetting::readOnly, SessionSetting::withReadOnly),
    DURABILITY(
            Scope.DEFAULTS_AND_CURRENT,
            "full, normal or off",
            settings -> settings.durability().name().toLowerCase(Locale.ROOT),
            SessionSetting::withDurability),
    LOCK_TIMEOUT(
            Scope.DEFAULTS_AND_CURRENT,
            "a number of milliseconds, or a number and ms, s or min",
            settings -> settings.lockTimeout().toMillis() + "ms",
            SessionSetting::withLockTimeout),
    TRANSACTION_ISOLATION(
            Scope.CURRENT, "the name of an isolation level", SessionSetting::isolation, SessionSetting::withIsolation),
    TRANSACTION_READ_ONLY(Scope.CURRENT, "on or off", SessionSetting::readOnly, SessionSetting::withReadOnly);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|min)?");

    private final Scope scope;
    private final String allowed;
    private final Function<TransactionSettings, String> show;
    /** Null if the text is not a value. */
    private final BiFunction<TransactionSettings, String, @Nullable TransactionSettings> parse;

    /** Which transactions a setting is about. */
    private enum Scope {
        /** Those that begin from now on. */
        DEFAULTS,
        /** The open one. */
        CURRENT,
        /** Both. */
        DEFAULTS_AND_CURRENT
    }

    SessionSetting(
            Scope scope,
            String allowed,
            Function<TransactionSettings, String> show,
            BiFunction<TransactionSettings, String, @Nullable TransactionSettings> parse) {
        this.scope = scope;
        this.allowed = allowed;
        this.show = show;
        this.parse = parse;
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
    public boolean set(SettingTarget session, @Nullable String given) {
        String text = given == null ? show.apply(session.initialSettings()) : given;
        TransactionSettings changed = parse.apply(session.currentTransactionSettings(), text);
        TransactionSettings defaults = parse.apply(session.transactionSettings(), text);
        if (changed == null || defaults == null) {
            return false;
        }
        if (scope == Scope.CURRENT || scope == Scope.DEFAULTS_AND_CURRENT && session.inTransaction()) {
            session.changeTransaction(changed);
        }
        if (scope != Scope.CURRENT) {
            session.changeDefaults(defaults);
        }
        return true;
    }

    @Override
    public String shown(SettingTarget session) {
        return show.apply(
                scope == Scope.DEFAULTS ? session.transactionSettings() : session.currentTransactionSettings());
    }

    private static String isolation(TransactionSettings settings) {
        return settings.isolation().sqlName();
    }

    private static @Nullable TransactionSettings withIsolation(TransactionSettings settings, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "read uncommitted", "read committed" -> settings.withIsolation(IsolationLevel.READ_COMMITTED);
            case "repeatable read", "snapshot" -> settings.withIsolation(IsolationLevel.REPEATABLE_READ);
            case "serializable" -> settings.withIsolation(IsolationLevel.SERIALIZABLE);
            default -> null;
        };
    }

    private static String readOnly(TransactionSettings settings) {
        return settings.readOnly() ? "on" : "off";
    }

    private static @Nullable TransactionSettings withReadOnly(TransactionSettings settings, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> settings.withReadOnly(true);
            case "off", "false", "no", "0" -> settings.withReadOnly(false);
            default -> null;
        };
    }

    private static @Nullable TransactionSettings withDurability(TransactionSettings settings, String text) {
        return Arrays.stream(Durability.values())
                .filter(durability -> durability.name().equalsIgnoreCase(text))
                .findFirst()
                .map(settings::withDurability)
                .orElse(null);
    }

    private static @Nullable TransactionSettings withLockTimeout(TransactionSettings settings, String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null || unit.equals("ms")) {
            return settings.withLockTimeout(Duration.ofMillis(number));
        }
        return settings.withLockTimeout(unit.equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number));
    }
}
