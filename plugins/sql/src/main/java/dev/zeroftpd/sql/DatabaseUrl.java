package dev.zeroftpd.sql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the database is: {@code jdbc:postgresql://HOST:PORT/DATABASE?PARAMETER=VALUE&…}. Immutable; any thread.
 *
 * <p>Of the driver's many parameters only some may be there: others name classes to load, files to write, or make TLS believe any
 * server.
 *
 * @param text without parameters
 * @param hosts without their ports
 * @param authorities a file of certificates that TLS trusts, instead of those that Java does
 */
record DatabaseUrl(String text, List<String> hosts, Map<String, String> parameters, Optional<Path> authorities) {

    static final String SSL_MODE = "sslmode";

    /** The only mode that compares the host's name with the certificate's. */
    static final String VERIFY_FULL = "verify-full";

    /** What an operator may say, and nothing else does. */
    private static final Set<String> ALLOWED = Set.of(
            SSL_MODE, "ApplicationName", "channelBinding", "currentSchema", "loadBalanceHosts", "targetServerType");

    private static final Map<String, String> OTHERWISE = Map.of(
            "password", "write it into the file that sql.password-file names: URLs are shown and logged",
            "user", "set sql.user",
            "sslrootcert", "set sql.ca-file",
            "ssl", "write sslmode=verify-full, which is also what counts where nothing is written");

    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://(?<hosts>[^/?#\\s]+)/[^/?#\\s]+");

    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+(%\\w+)?]|[A-Za-z0-9._-]+)(:\\d{1,5})?");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** Empty if it can't be used; {@code faults} gets why. */
    static Optional<DatabaseUrl> parse(String text, Faults faults) {
        int question = text.indexOf('?');
        String place = question < 0 ? text : text.substring(0, question);
        String said = question < 0 ? "" : text.substring(question + 1);
        Matcher form = FORM.matcher(place);
        List<String> hosts = new ArrayList<>();
        boolean right = form.matches();
        if (right) {
            for (String each : form.group("hosts").split(",", -1)) {
                Matcher host = HOST.matcher(each);
                right &= host.matches();
                hosts.add(right ? host.group("host") : "");
            }
        }
        if (!right) {
            // not shown: it may have a password in it
            faults.add(
                    "url",
                    " is not the URL of a PostgreSQL database",
                    "write jdbc:postgresql://HOST/DATABASE or jdbc:postgresql://HOST:PORT/DATABASE, without name and"
                            + " password");
            return Optional.empty();
        }
        Map<String, String> parameters = parameters(said, faults);
        DatabaseUrl url = new DatabaseUrl(place, hosts, parameters, Optional.empty());
        url.requireTls(faults);
        return Optional.of(url);
    }

    private static Map<String, String> parameters(String text, Faults faults) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : text.split("&", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            String name = each.contains("=") ? each.substring(0, each.indexOf('=')) : each;
            if (!ALLOWED.contains(name)) {
                faults.add(
                        "url",
                        " has " + told(name, each) + ", which can't be used here",
                        Optional.ofNullable(OTHERWISE.get(name))
                                .orElse("remove it; there may be "
                                        + ALLOWED.stream().sorted().collect(Collectors.joining(", "))));
            } else if (each.equals(name) || parameters.put(name, value(each.substring(name.length() + 1))) != null) {
                faults.add("url", " has " + name + " twice, or without a value", "write " + name + "=… once");
            }
        }
        return parameters;
    }

    /** What has no value may be the rest of a password with an ampersand in it. */
    private static String told(String name, String written) {
        return written.equals(name) ? "a parameter without a value" : "the parameter " + name;
    }

    private static String value(String written) {
        try {
            return URLDecoder.decode(written, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return written;
        }
    }

    /** Accounts and hashes cross the network, and what answers decides who logs in. */
    private void requireTls(Faults faults) {
        Optional<String> mode = Optional.ofNullable(parameters.get(SSL_MODE));
        if (!isLoopback() && mode.isPresent() && !mode.get().equals(VERIFY_FULL)) {
            faults.add(
                    "url",
                    " has sslmode=" + mode.get() + ", so that any server could be in the place of "
                            + String.join(", ", hosts),
                    "write sslmode=verify-full, or nothing of it; only a database on this machine itself may do with"
                            + " less");
        }
    }

    DatabaseUrl trusting(Optional<Path> file) {
        return new DatabaseUrl(text, hosts, parameters, file);
    }

    /** Whether nothing leaves this machine. */
    boolean isLoopback() {
        return hosts.stream().allMatch(host -> LOOPBACK.matcher(host).matches());
    }

    /** How far TLS goes: to the end, unless the database is on this machine and nothing is said. */
    String sslMode() {
        return parameters.getOrDefault(SSL_MODE, isLoopback() ? "disable" : VERIFY_FULL);
    }
}
