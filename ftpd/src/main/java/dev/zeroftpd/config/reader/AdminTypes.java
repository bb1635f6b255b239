package dev.zeroftpd.config.reader;

import dev.zeroftpd.config.admin.Endpoint;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How the texts of {@code admin.*} become values. Stateless; any thread. */
final class AdminTypes {

    private static final String ENDPOINT_REMEDY =
            "write ADDRESS:PORT, such as 127.0.0.1:9121 or [::1]:9121, or nothing for none";

    private AdminTypes() {}

    /** As {@code listener.tls} is written. */
    enum Switch {
        OFF,
        ON
    }

    /** {@code ADDRESS:PORT}, IPv6 in brackets. */
    static ValueType<Endpoint> endpoint() {
        return (text, base) -> {
            int colon = text.lastIndexOf(':');
            String address = colon < 0 ? "" : text.substring(0, colon);
            boolean bracketed = address.startsWith("[") && address.endsWith("]");
            if (address.isEmpty() || (address.contains(":") && !bracketed)) {
                throw new InvalidValue("is not an address with a port", ENDPOINT_REMEDY);
            }
            return new Endpoint(address(address, base), port(text.substring(colon + 1), base));
        };
    }

    private static String address(String text, Path base) throws InvalidValue {
        try {
            return ValueType.address().parse(text, base);
        } catch (InvalidValue e) {
            throw new InvalidValue("has no valid address", ENDPOINT_REMEDY);
        }
    }

    private static int port(String text, Path base) throws InvalidValue {
        try {
            return ValueType.port().parse(text, base);
        } catch (InvalidValue e) {
            throw new InvalidValue("has no valid port", ENDPOINT_REMEDY);
        }
    }

    /** Names with commas between them, without ports; case doesn't matter. */
    static ValueType<Set<String>> hostNames() {
        return (text, base) -> {
            Set<String> names = new TreeSet<>();
            for (String word : text.split(",", -1)) {
                String name = word.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !isHostName(name)) {
                    throw new InvalidValue(
                            "names " + word.strip() + ", which is no host name",
                            "write names such as ftp.example.org, without port and scheme, with commas between them");
                }
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
            return names;
        };
    }

    private static boolean isHostName(String name) {
        return name.matches("[\\w.-]+") && !name.startsWith(".") && !name.endsWith(".") && !name.contains("..");
    }

    /** Path segments with slashes between them; the last slash may be left out. */
    static ValueType<String> pathPrefix() {
        return (text, base) -> {
            if (!text.matches("/[\\w./~-]*") || text.contains("//")) {
                throw new InvalidValue("is not a beginning of paths", "write / or a path such as /ftp/");
            }
            return text.endsWith("/") ? text : text + "/";
        };
    }
}
