package dev.zeroftpd.dataconnection.tls.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Decodes private keys in the forms that certificate tools write: PKCS #8 (RFC 5958), PKCS #1 for RSA (RFC 8017) and
 * SEC 1 for elliptic curves (RFC 5915). Any thread.
 */
public final class DerPrivateKey {

    private DerPrivateKey() {}

    public static PrivateKey pkcs8(byte[] der, PublicKey publicKey) throws GeneralSecurityException {
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /**
     * Wraps a bare RSA or EC key as PKCS #8. The algorithm and, for EC, the curve are those of the certificate's public
     * key: a key of another kind would not fit the certificate anyway.
     */
    public static PrivateKey bare(byte[] der, PublicKey publicKey) throws GeneralSecurityException {
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getAlgorithm();
        try {
            return pkcs8(new PrivateKeyInfo(algorithm, ASN1Primitive.fromByteArray(der)).getEncoded(), publicKey);
        } catch (IOException | RuntimeException damaged) {
            throw new InvalidKeyException("the key is no DER", damaged);
        }
    }
}
