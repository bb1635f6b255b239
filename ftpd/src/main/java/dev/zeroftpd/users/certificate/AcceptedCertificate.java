package dev.zeroftpd.users.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** One certificate that stands for an account, or all with one subject. Immutable; any thread. */
sealed interface AcceptedCertificate {

    boolean accepts(X509Certificate certificate);

    /** Of 32 bytes, each two hex digits, with or without colons between them. */
    Pattern FINGERPRINT = Pattern.compile("\\p{XDigit}{2}(:?\\p{XDigit}{2}){31}");

    /** The same of 20 bytes, as programs have shown it for long. */
    Pattern SHA_1 = Pattern.compile("\\p{XDigit}{2}(:?\\p{XDigit}{2}){19}");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong, in a clause
     */
    static AcceptedCertificate parse(String text) {
        if (FINGERPRINT.matcher(text).matches()) {
            return new ByFingerprint(text.replace(":", "").toLowerCase(Locale.ROOT));
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a certificate is missing");
        }
        if (SHA_1.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    text + " is a SHA-1 fingerprint, which no longer says which certificate is meant");
        }
        if (text.indexOf('=') <= 0 || text.startsWith("/")) {
            throw new IllegalArgumentException(text + " is neither a SHA-256 fingerprint nor a subject");
        }
        try {
            return new BySubject(new X500Principal(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " is no subject", e);
        }
    }

    /**
     * One certificate.
     *
     * @param sha256 64 hex digits in lower case
     */
    record ByFingerprint(String sha256) implements AcceptedCertificate {

        @Override
        public boolean accepts(X509Certificate certificate) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return HexFormat.of().formatHex(digest).equals(sha256);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(
                        "every Java platform has SHA-256, and an encoding of what it has read", e);
            }
        }
    }

    /** Compared as names: the case of letters, space, and how the strings are encoded make no difference (RFC 5280, 7.1). */
    record BySubject(X500Principal subject) implements AcceptedCertificate {

        @Override
        public boolean accepts(X509Certificate certificate) {
            return certificate.getSubjectX500Principal().equals(subject);
        }
    }
}
