package dev.zeroftpd.config.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings as they are written, to tell what has changed. Immutable; any thread. Not a record, so that no secret is printed
 * by accident.
 */
public final class SettingTexts {

    private static final String HIDDEN = "(secret)";

    private final Map<String, String> texts;

    SettingTexts(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /**
     * One setting that has another text than before.
     *
     * @param before and {@code after}: the default where none is set; of secrets neither is told
     */
    public record Change(String key, String before, String after) {

        @Override
        public String toString() {
            return key + " " + shown(before) + " \u2192 " + shown(after);
        }

        private static String shown(String text) {
            return text.isEmpty() ? "(empty)" : text;
        }
    }

    /** What is different in {@code later}, by key. */
    public List<Change> changesTo(SettingTexts later) {
        TreeSet<String> keys = new TreeSet<>(texts.keySet());
        keys.addAll(later.texts.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            String before = text(key);
            String after = later.text(key);
            if (!before.equals(after)) {
                changes.add(isSecret(key) ? new Change(key, HIDDEN, HIDDEN) : new Change(key, before, after));
            }
        }
        return changes;
    }

    private String text(String key) {
        return texts.getOrDefault(key, SettingKeys.defaultTextOf(key));
    }

    /** Whether the whole value of the key is one. */
    static boolean isSecret(String key) {
        return key.endsWith("password");
    }
}
