package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.Ranges;
import dev.zeroftpd.config.file.FileAccess;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the text of a setting becomes its value. Implementations are stateless; any thread. */
@FunctionalInterface
interface ValueType<T> {

    /**
     * Parses a text without surrounding blanks.
     *
     * @param base the absolute directory that relative paths start from
     */
    T parse(String text, Path base) throws InvalidValue;

    /** Empty text is no value. */
    default ValueType<Optional<T>> optional() {
        return (text, base) -> text.isEmpty() ? Optional.empty() : Optional.of(parse(text, base));
    }

    static ValueType<String> text() {
        return (text, base) -> {
            if (text.isEmpty()) {
                throw empty();
            }
            return text;
        };
    }

    /** An address to bind to: no blanks, no port, no URL. */
    static ValueType<String> address() {
        return (text, base) -> {
            String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            boolean ipv6 = bare.chars().filter(c -> c == ':').count() > 1;
            String legal = ipv6 ? "[0-9A-Fa-f:.]+(%[\\w.-]+)?" : "[\\w.-]+";
            if (!bare.matches(legal) || isBrokenIpv4(bare)) {
                throw new InvalidValue(
                        "is not an address", "write an IPv4 or IPv6 address or a host name, without a port");
            }
            return bare;
        };
    }

    /** No host name is of digits only (RFC 1123, section 2.1): it would be asked for in vain. */
    private static boolean isBrokenIpv4(String text) {
        String octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
        return text.matches("[\\d.]+") && !text.matches(octet + "(\\." + octet + "){3}");
    }

    /** What PASV can announce: RFC 959's reply has room for four numbers. */
    static ValueType<String> announcedAddress() {
        return (text, base) -> {
            if (text.chars().filter(c -> c == ':').count() > 1) {
                throw new InvalidValue(
                        "is an IPv6 address, which PASV can't announce",
                        "write an IPv4 address or a host name; for IPv6, clients use EPSV, which announces no address");
            }
            if (!text.matches("[\\w.-]+") || isBrokenIpv4(text)) {
                throw new InvalidValue("is not an address", "write an IPv4 address or a host name, without a port");
            }
            if (text.matches("0\\..*|(22[4-9]|2[3-5]\\d)(\\.\\d+){3}")) {
                throw new InvalidValue(
                        "is an address that no client can connect to",
                        "write the IPv4 address or host name by which clients reach this server");
            }
            return text;
        };
    }

    static ValueType<Integer> wholeNumber(int first, int last) {
        return (text, base) -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= first && number <= last) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, in the same words as a number out of range.
            }
            String range = last == Integer.MAX_VALUE ? first + " or more" : "from " + first + " to " + last;
            throw new InvalidValue("is not a number that fits", "use a whole number, " + range);
        };
    }

    static ValueType<Integer> port() {
        return (text, base) -> {
            try {
                return wholeNumber(0, Ranges.LAST_PORT).parse(text, base);
            } catch (InvalidValue e) {
                throw new InvalidValue("is not a port", "use a number from 0 (any free port) to " + Ranges.LAST_PORT);
            }
        };
    }

    static ValueType<PortRange> portRange() {
        return (text, base) -> {
            String[] ends = text.split("-", 2);
            try {
                int first = Integer.parseInt(ends[0].strip());
                int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
                return new PortRange(first, last);
            } catch (IllegalArgumentException e) {
                throw new InvalidValue(
                        "is not a range of ports", "write FIRST-LAST, such as 50000-50999, or 0 for any port");
            }
        };
    }

    static ValueType<Boolean> yesOrNo() {
        return (text, base) -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("is neither yes nor no", "use true or false");
        };
    }

    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> constants) {
        return (text, base) -> {
            for (E constant : constants.getEnumConstants()) {
                if (written(constant).equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            String all = Arrays.stream(constants.getEnumConstants())
                    .map(ValueType::written)
                    .collect(Collectors.joining(", "));
            throw new InvalidValue("is not one of the choices", "use one of " + all);
        };
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Permission bits, octal as chmod takes them. */
    static ValueType<Integer> umask() {
        return (text, base) -> {
            if (text.matches("0*[0-7]{1,3}")) {
                return Integer.parseInt(text, 8);
            }
            throw new InvalidValue("is not a file mode mask", "use three octal digits, such as 022 or 077");
        };
    }

    /** A path; whether the file is there is asked by {@link #existingFile()}. */
    static ValueType<Path> path() {
        return (text, base) -> {
            if (text.isEmpty()) {
                throw empty();
            }
            try {
                return base.resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw new InvalidValue(
                        "is not a path", "take out what the file system doesn't allow: " + e.getReason());
            }
        };
    }

    /** Paths with commas between them; may be none. */
    static ValueType<List<Path>> paths() {
        return (text, base) -> {
            List<Path> paths = new ArrayList<>();
            for (String word : text.split(",", -1)) {
                if (!word.isBlank()) {
                    paths.add(path().parse(word.strip(), base));
                }
            }
            return List.copyOf(paths);
        };
    }

    static ValueType<Path> existingFile() {
        return (text, base) -> {
            Path path = path().parse(text, base);
            Optional<String> fault = FileAccess.fault(path);
            if (fault.isPresent()) {
                throw new InvalidValue(
                        "names " + path + ", which " + fault.get(), "correct the path or the file's mode");
            }
            return path;
        };
    }

    /** Names with commas between them. */
    static ValueType<Set<String>> names() {
        return (text, base) -> Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Some of {@code known}, with commas between them, in the order that they are written in; case doesn't matter. */
    static ValueType<List<String>> someOf(List<String> known) {
        return (text, base) -> {
            List<String> chosen = new ArrayList<>();
            for (String word : text.split(",", -1)) {
                String name = known.stream()
                        .filter(word.strip()::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new InvalidValue(
                                "names " + (word.isBlank() ? "nothing between two commas" : word.strip())
                                        + ", which is not offered",
                                "use one or more of " + String.join(", ", known) + ", with commas between them"));
                if (!chosen.contains(name)) {
                    chosen.add(name);
                }
            }
            return List.copyOf(chosen);
        };
    }

    private static InvalidValue empty() {
        return new InvalidValue("is empty", "give a value, or remove the key to get its default");
    }
}
