package dev.zeroftpd.hook.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The environment of a hook's program: what it is about, and the least that programs need. Nothing of the server's own, in
 * which there may be passwords. Stateless; any thread.
 */
public final class Environment {

    private static final String PREFIX = "ZEROFTPD_";

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    /**
     * The variables.
     *
     * @param fields names as in JSON, in lower case
     */
    public static Map<String, String> of(Map<String, String> fields) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.put("LC_ALL", "C.UTF-8"); // names are in UTF-8
        fields.forEach((name, value) -> variables.put(variable(name), text(value)));
        return variables;
    }

    private static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** C has no texts with NUL in them, and an environment no lone surrogates, which stand for bytes that are no UTF-8. */
    private static String text(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().forEach(c -> clean.appendCodePoint(isUnfit(c) ? '\ufffd' : c));
        return clean.toString();
    }

    private static boolean isUnfit(int codePoint) {
        return codePoint == 0 || (codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint));
    }
}
