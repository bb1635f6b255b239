package dev.zeroftpd.dataconnection.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Decodes private keys in the forms that certificate tools write: PKCS #8 (RFC 5958), PKCS #1 for RSA (RFC 8017) and
 * SEC 1 for elliptic curves (RFC 5915). Any thread.
 */
final class DerPrivateKey {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** Lengths up to this stand in one byte (X.690, section 8.1.3). */
    private static final int SHORT_LENGTH = 127;

    private DerPrivateKey() {}

    static PrivateKey pkcs8(byte[] der, PublicKey publicKey) throws GeneralSecurityException {
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /**
     * Wraps a bare RSA or EC key as PKCS #8. The algorithm and, for EC, the curve are those of the certificate's public
     * key: a key of another kind would not fit the certificate anyway.
     */
    static PrivateKey bare(byte[] der, PublicKey publicKey) throws GeneralSecurityException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithmIdentifier(publicKey.getEncoded()));
        content.writeBytes(element(OCTET_STRING, der));
        return pkcs8(element(SEQUENCE, content.toByteArray()), publicKey);
    }

    /** The first element inside a SubjectPublicKeyInfo (RFC 5280, section 4.1). */
    private static byte[] algorithmIdentifier(byte[] publicKeyInfo) {
        int start = headerLength(publicKeyInfo, 0);
        int header = headerLength(publicKeyInfo, start);
        int length = contentLength(publicKeyInfo, start);
        byte[] identifier = new byte[header + length];
        System.arraycopy(publicKeyInfo, start, identifier, 0, identifier.length);
        return identifier;
    }

    private static int headerLength(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return length <= SHORT_LENGTH ? 2 : 2 + (length & SHORT_LENGTH);
    }

    private static int contentLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first <= SHORT_LENGTH) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & SHORT_LENGTH); i++) {
            length = (length << Byte.SIZE) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length <= SHORT_LENGTH) {
            out.write(content.length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / Byte.SIZE;
            out.write(SHORT_LENGTH + 1 + bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >>> (i * Byte.SIZE));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
