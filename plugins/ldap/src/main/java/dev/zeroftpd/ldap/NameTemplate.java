package dev.zeroftpd.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Arrays;

/**
 * A distinguished name in which the name of an account is the value, or a part of it. Immutable; any thread.
 *
 * <p>The name is put into the parsed template, not into its text, so that nothing in it can become a part of the structure.
 */
final class NameTemplate {

    static final String USER = "${user}";

    private final RDN[] parts;

    private NameTemplate(RDN[] parts) {
        this.parts = parts;
    }

    /** @throws LDAPException if it is no distinguished name */
    static NameTemplate parse(String text) throws LDAPException {
        return new NameTemplate(new DN(text).getRDNs());
    }

    DN of(String name) {
        return new DN(Arrays.stream(parts).map(part -> with(part, name)).toList());
    }

    private static RDN with(RDN part, String name) {
        String[] values = Arrays.stream(part.getAttributeValues())
                .map(value -> value.replace(USER, name))
                .toArray(String[]::new);
        return new RDN(part.getAttributeNames(), values);
    }
}
