package dev.zeroftpd.config.reader;

import java.util.Locale;

/**
 * One key of {@code ftpd.properties}. Immutable; any thread.
 *
 * @param name such as {@code listener.port}
 * @param defaultText the value if the key is not set, as it would be written in the file
 * @param type what its text means
 */
record SettingKey<T>(String name, String defaultText, ValueType<T> type) {

    /** Such as {@code FTPD_LISTENER_PORT}. */
    String variable() {
        return SettingKeys.VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** The same key under a name: {@code listener.port} becomes {@code listener.NAME.port}. */
    SettingKey<T> named(String further) {
        int dot = name.indexOf('.');
        return new SettingKey<>(name.substring(0, dot + 1) + further + name.substring(dot), defaultText, type);
    }
}
