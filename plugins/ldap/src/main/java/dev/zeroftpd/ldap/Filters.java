package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Map;

/** Puts values into the templates of filters. Stateless; any thread. */
final class Filters {

    static final String DN = "${dn}";

    private Filters() {}

    /**
     * The filter, in which each value stands for nothing but itself (RFC 4515, section 3).
     *
     * @param values by what stands for them in the template
     */
    static Filter of(String template, Map<String, String> values) throws LDAPException {
        StringBuilder text = new StringBuilder();
        int at = 0;
        // one pass: a value that looks like a placeholder is no placeholder
        while (at < template.length()) {
            int begin = at;
            String found = values.keySet().stream()
                    .filter(placeholder -> template.startsWith(placeholder, begin))
                    .findFirst()
                    .orElse("");
            if (found.isEmpty()) {
                text.append(template.charAt(at));
                at++;
            } else {
                text.append(Filter.encodeValue(values.getOrDefault(found, "")));
                at += found.length();
            }
        }
        return Filter.create(text.toString());
    }
}
