package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.plugin.UriSecret;
import dev.zeroftpd.config.reader.RawValues.RawValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Turns the texts of keys into their values, and what doesn't fit into problems. One thread, one load. */
final class SettingValues {

    private final RawValues raw;
    private final Path defaultBase;
    private final List<Problem> problems;

    /** @param defaultBase what relative paths in defaults are relative to */
    SettingValues(RawValues raw, Path defaultBase, List<Problem> problems) {
        this.raw = raw;
        this.defaultBase = defaultBase;
        this.problems = problems;
    }

    /** The value; the default where none is set, or where it doesn't fit: then a problem says so. */
    <T> T get(SettingKey<T> key) {
        return get(key, defaultOf(key));
    }

    <T> T get(SettingKey<T> key, T fallback) {
        Optional<RawValue> set = raw.find(key.name());
        if (set.isEmpty()) {
            return fallback;
        }
        if (refusesSecret(key.name(), set.get())) {
            return fallback;
        }
        try {
            return key.type().parse(set.get().text(), set.get().base());
        } catch (InvalidValue e) {
            String what = key.name() + "=" + UriSecret.shown(set.get().text()) + " " + e.what();
            problems.add(
                    new Problem(set.get().where(), what, set.get().misreading().orElse(e.remedy())));
            return fallback;
        }
    }

    /** Reports a URI with a secret in it, whatever the key is, and says whether it is one. A password may look like a URI. */
    boolean refusesSecret(String key, RawValue value) {
        boolean found = !SettingTexts.isSecret(key) && UriSecret.isIn(value.text());
        if (found) {
            problems.add(new Problem(value.where(), key + UriSecret.FAULT, UriSecret.REMEDY));
        }
        return found;
    }

    /** Whether it was given a value, valid or not. */
    boolean isSet(SettingKey<?> key) {
        return raw.find(key.name()).filter(value -> !value.text().isEmpty()).isPresent();
    }

    /** Adds a problem at the place where the key was set. */
    void report(SettingKey<?> key, String what, String remedy) {
        String where = raw.find(key.name()).map(RawValue::where).orElse("default");
        problems.add(new Problem(where, what, remedy));
    }

    /** Adds a problem at the place where this text stands. */
    void report(RawValue value, String what, String remedy) {
        problems.add(new Problem(value.where(), what, value.misreading().orElse(remedy)));
    }

    private <T> T defaultOf(SettingKey<T> key) {
        try {
            return key.type().parse(key.defaultText(), defaultBase);
        } catch (InvalidValue e) {
            throw new IllegalStateException("the default of " + key.name() + " " + e.what(), e);
        }
    }
}
