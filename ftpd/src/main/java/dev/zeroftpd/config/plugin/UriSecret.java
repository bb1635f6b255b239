package dev.zeroftpd.config.plugin;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in URIs. Settings and homes are printed by commands, told to the log and sent to hooks, so none may hold one.
 * Stateless; any thread.
 */
public final class UriSecret {

    /** Behind the name of a key, in a message that says what is wrong. */
    public static final String FAULT = " has a secret in its URI, which is not repeated here";

    /** What to do about it, in a clause. */
    public static final String REMEDY =
            "take it out, since URIs are shown and logged; give secrets in files of their own";

    /** In place of what must not be repeated. */
    private static final String HIDDEN = "…";

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:(?<rest>.*)", Pattern.DOTALL);

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    /** What ends the authority (RFC 3986, section 3.2). */
    private static final Pattern BEHIND_AUTHORITY = Pattern.compile("[/?#\\\\]");

    /** With or without a port; IPv6 in brackets. */
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*)(:\\d*)?");

    private static final Pattern SEVERAL = Pattern.compile("[,\\s]+");

    private static final Pattern PARAMETERS = Pattern.compile("[&;]");

    private static final Pattern NAMES_A_SECRET =
            Pattern.compile("password|passwd|passphrase|secret|token|credential|signature");

    /** Shorter names, which others have in them. */
    private static final Set<String> SECRETS =
            Set.of("pass", "pwd", "key", "apikey", "api-key", "api_key", "sig", "auth");

    private UriSecret() {}

    /** Whether a text is a URI, or some with commas between them, and has a password, a key or the like in it. */
    public static boolean isIn(String text) {
        if (text.indexOf(':') < 0) { // as most homes: no URI, and there may be 100,000
            return false;
        }
        if (isInOne(text)) {
            return true;
        }
        for (String each : SEVERAL.split(text, -1)) {
            if (isInOne(each)) {
                return true;
            }
        }
        return false;
    }

    /** The text as a message may repeat it: not if it may hold a secret, even if it is no URI. */
    public static String shown(String text) {
        return isIn(text) || mayHoldOne(text) ? HIDDEN : text;
    }

    /** A user and a password as they stand in URIs, also in one that is written wrong; an absolute path is none. */
    private static boolean mayHoldOne(String text) {
        String plain = decoded(text);
        int colon = plain.indexOf(':');
        boolean writtenRight = plain.startsWith("/") || AUTHORITY.matcher(plain).lookingAt();
        return !writtenRight && colon >= 0 && plain.lastIndexOf('@') > colon;
    }

    /** Of a URI in a URI, as {@code jar:} and {@code jdbc:} have it, too. */
    private static boolean isInOne(String text) {
        Matcher scheme = SCHEME.matcher(text);
        while (scheme.matches()) {
            String rest = scheme.group("rest");
            if (isInUserInfo(rest) || isInQuery(rest)) {
                return true;
            }
            scheme = SCHEME.matcher(rest);
        }
        return false;
    }

    private static boolean isInUserInfo(String rest) {
        boolean hierarchical = rest.startsWith("//");
        String behind = decoded(hierarchical ? rest.substring(2) : rest.startsWith("/") ? rest.substring(1) : rest);
        String authority = BEHIND_AUTHORITY.split(behind, 2)[0];
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            return authority.substring(0, at).contains(":");
        }
        // a secret may have a slash in it, which ends the authority for every reader but a person
        return hierarchical && behind.contains("@") && !areHosts(authority);
    }

    /** One, or some with commas between them. */
    private static boolean areHosts(String authority) {
        for (String each : authority.split(",", -1)) {
            if (!HOST.matcher(each).matches()) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        return text.replaceAll("(?i)%3A", ":").replace("%40", "@");
    }

    private static boolean isInQuery(String rest) {
        int question = rest.indexOf('?');
        if (question < 0) {
            return false;
        }
        for (String parameter : PARAMETERS.split(rest.substring(question + 1), -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && equals < parameter.length() - 1) {
                String name = parameter.substring(0, equals).toLowerCase(Locale.ROOT);
                if (SECRETS.contains(name) || NAMES_A_SECRET.matcher(name).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
