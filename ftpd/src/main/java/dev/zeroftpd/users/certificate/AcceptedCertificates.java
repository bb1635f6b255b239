package dev.zeroftpd.users.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificates that stand for an account. Immutable; any thread.
 *
 * @param all any of them is enough; empty if a client of the account needs none
 */
public record AcceptedCertificates(List<AcceptedCertificate> all) {

    /** An account that needs no certificate. */
    public static final AcceptedCertificates NONE = new AcceptedCertificates(List.of());

    /** How to write them, for people. */
    public static final String HOW_TO_WRITE =
            "write the SHA-256 fingerprint (openssl x509 -noout -fingerprint -sha256 -in FILE), or the subject"
                    + " (openssl x509 -noout -subject -nameopt RFC2253 -in FILE), several separated by ;";

    /** An old and a new one while they are replaced, for a few machines: more are a group of accounts. */
    static final int MOST = 16;

    private static final String USER = "${user}";

    /** What means something in a name of RFC 2253, section 2.4. */
    private static final String SPECIAL = ",+\"\\<>;=#";

    public AcceptedCertificates {
        all = List.copyOf(all);
    }

    /**
     * Reads subjects (RFC 2253) and SHA-256 fingerprints that are separated by semicolons.
     *
     * @throws IllegalArgumentException with what is wrong, in a clause
     */
    public static AcceptedCertificates parse(String text) {
        List<AcceptedCertificate> all = new ArrayList<>();
        for (String part : parts(text)) {
            all.add(AcceptedCertificate.parse(part.strip()));
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("there are more than " + MOST);
        }
        return new AcceptedCertificates(all);
    }

    /** A semicolon in quotes or behind a backslash belongs to a name. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' && !quoted && !escaped) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            quoted ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            part.append(c);
        }
        parts.add(part.toString());
        return parts;
    }

    /** What a group has written, for one of its members: <code>${user}</code> is the name, whatever is in it. */
    public static String forMember(String text, String name) {
        return text.contains(USER) ? text.replace(USER, escaped(name)) : text;
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c < 128 && SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(c);
        });
        return escaped.toString();
    }

    /** Whether a client of the account needs none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether it stands for the account; never if the account has none. */
    public boolean accept(X509Certificate certificate) {
        return all.stream().anyMatch(each -> each.accepts(certificate));
    }
}
