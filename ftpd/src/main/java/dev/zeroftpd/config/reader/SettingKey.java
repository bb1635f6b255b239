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

    /** The same key of a further listener: {@code listener.port} becomes {@code listener.NAME.port}. */
    SettingKey<T> ofListener(String listener) {
        String last = name.substring(SettingKeys.LISTENER.length());
        return new SettingKey<>(SettingKeys.LISTENER + listener + "." + last, defaultText, type);
    }
}
