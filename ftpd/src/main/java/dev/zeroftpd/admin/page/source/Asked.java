package dev.zeroftpd.admin.page.source;

import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a JSON object that a browser sent: nothing in it is known to be right. One thread. */
public final class Asked {

    /** Of a text that is searched for in thousands of names. */
    private static final int LONGEST_TEXT = 256;

    private final Map<String, Object> fields;

    private Asked(Map<String, Object> fields) {
        this.fields = fields;
    }

    public static Asked parse(String json) throws BadRequest {
        try {
            return new Asked(JsonLine.parse(json));
        } catch (IOException e) {
            throw new BadRequest("The request is no JSON object.");
        }
    }

    /** A field that isn't known may be meant to limit what is done: so it is refused, not left out. */
    public Asked only(Set<String> known) throws BadRequest {
        for (String field : fields.keySet()) {
            if (!known.contains(field)) {
                throw new BadRequest("There is no \"" + field + "\" here.");
            }
        }
        return this;
    }

    public Optional<String> text(String field) throws BadRequest {
        return switch (fields.get(field)) {
            case null -> Optional.empty();
            case String text when text.length() <= LONGEST_TEXT -> Optional.of(text);
            default ->
                throw new BadRequest("\"" + field + "\" must be a text of up to " + LONGEST_TEXT + " characters.");
        };
    }

    /** One of some words. */
    public String word(String field, Set<String> words, String missing) throws BadRequest {
        String word = text(field).orElse(missing);
        if (!words.contains(word)) {
            throw new BadRequest("\"" + field + "\" must be one of " + String.join(", ", words) + ".");
        }
        return word;
    }

    public boolean flag(String field) throws BadRequest {
        return switch (fields.get(field)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw new BadRequest("\"" + field + "\" must be true or false.");
        };
    }

    /** A whole number from 0 on. */
    public int number(String field, int most, int missing) throws BadRequest {
        return switch (fields.get(field)) {
            case null -> missing;
            case Integer number when number >= 0 && number <= most -> number;
            default -> throw new BadRequest("\"" + field + "\" must be a whole number from 0 to " + most + ".");
        };
    }

    /** An object in this one; an empty one if it is missing. */
    public Asked object(String field) throws BadRequest {
        return switch (fields.get(field)) {
            case null -> new Asked(Map.of());
            case Map<?, ?> object -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                object.forEach((key, value) -> copy.put(String.valueOf(key), value));
                yield new Asked(copy);
            }
            default -> throw new BadRequest("\"" + field + "\" must be an object.");
        };
    }

    /** All of it, for what reads it by itself. */
    public Map<String, Object> fields() {
        return new LinkedHashMap<>(fields);
    }
}
