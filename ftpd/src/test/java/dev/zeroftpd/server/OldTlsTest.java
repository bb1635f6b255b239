package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OldTlsTest {

    private static final String DISABLED =
            "SSLv3, TLSv1, TLSv1.1, RC4,  DH keySize < 1024, TLS_RSA_*, rsa_pkcs1_sha1 usage HandshakeSignature";

    @Test
    void allowsOnlyWhatIsNamed() {
        assertThat(OldTls.without(DISABLED, List.of("TLSv1.1")))
                .isEqualTo("SSLv3, TLSv1, RC4, DH keySize < 1024, TLS_RSA_*, rsa_pkcs1_sha1 usage HandshakeSignature");
    }

    @Test
    void allowsAllKeyExchangesByRsaWhereOneIsNamed() {
        assertThat(OldTls.without(DISABLED, List.of("TLS_RSA_WITH_AES_256_CBC_SHA")))
                .isEqualTo("SSLv3, TLSv1, TLSv1.1, RC4, DH keySize < 1024, rsa_pkcs1_sha1 usage HandshakeSignature");
    }

    @Test
    void allowsNothingMoreForForwardSecrecyWithoutAuthenticatedEncryption() {
        assertThat(OldTls.without(DISABLED, List.of("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384")))
                .contains("TLSv1,", "TLSv1.1,", "TLS_RSA_*");
    }
}
