package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.reader.NearestName;
import dev.zeroftpd.operator.socket.JsonLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What an operator asks, as it came over the socket: nothing in it is known to be right. Immutable; any thread. */
final class Request {

    private static final String COMMAND = "command";

    private final Map<String, Object> fields;

    Request(Map<String, Object> fields) {
        this.fields = fields;
    }

    static Request parse(String line) throws Refused {
        try {
            return new Request(JsonLine.parse(line));
        } catch (IOException e) {
            throw Refused.wrong("the request is no JSON object");
        }
    }

    String command() throws Refused {
        return text(COMMAND).orElseThrow(() -> Refused.wrong("the request has no \"command\""));
    }

    /** A field that isn't known may be meant to limit what is done: so it is refused, not left out. */
    void requireOnly(List<String> known) throws Refused {
        for (String field : fields.keySet()) {
            if (!field.equals(COMMAND) && !known.contains(field)) {
                String nearest = NearestName.to(field, known)
                        .map(name -> "; did you mean \"" + name + "\"?")
                        .orElse("");
                throw Refused.wrong("this command has no \"" + field + "\"" + nearest);
            }
        }
    }

    Optional<String> text(String field) throws Refused {
        return switch (fields.get(field)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw Refused.wrong("\"" + field + "\" must be a text");
        };
    }

    boolean flag(String field) throws Refused {
        return switch (fields.get(field)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw Refused.wrong("\"" + field + "\" must be true or false");
        };
    }

    OptionalLong number(String field) throws Refused {
        @Nullable Object value = fields.get(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number) {
            try {
                return OptionalLong.of(new BigDecimal(number.toString()).longValueExact());
            } catch (ArithmeticException | NumberFormatException e) {
                // said below
            }
        }
        throw Refused.wrong("\"" + field + "\" must be a whole number");
    }

    /** A number of seconds, none below 0 and none beyond {@code longest}. */
    Optional<Duration> seconds(String field, Duration longest) throws Refused {
        OptionalLong seconds = number(field);
        if (seconds.isPresent() && (seconds.getAsLong() < 0 || seconds.getAsLong() > longest.toSeconds())) {
            throw Refused.wrong("\"" + field + "\" must be from 0 to " + longest.toSeconds());
        }
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }

    /** An address, or a range in CIDR notation. */
    Optional<AddressRange> range(String field) throws Refused {
        Optional<String> text = text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(AddressRange.parse(text.get()));
        } catch (IllegalArgumentException e) {
            throw Refused.wrong("\"" + text.get() + "\" is no address: write one such as 192.0.2.1 or 2001:db8::/48");
        }
    }
}
