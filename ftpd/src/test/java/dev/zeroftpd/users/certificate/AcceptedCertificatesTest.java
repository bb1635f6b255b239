package dev.zeroftpd.users.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedCertificatesTest {

    /** {@code CN=Alice A.,O=Example\\, Inc.,C=DE} */
    private static final String PEM = """
        -----BEGIN CERTIFICATE-----
        MIIBxzCCAW2gAwIBAgIUUBo3vEFcRYtQw3im2lRuLjRZoJAwCgYIKoZIzj0EAwIw
        ODELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xETAPBgNVBAMM
        CEFsaWNlIEEuMCAXDTI2MTEzMDA5MzEwNVoYDzIxMjYxMTA2MDkzMTA1WjA4MQsw
        CQYDVQQGEwJERTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjERMA8GA1UEAwwIQWxp
        Y2UgQS4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQT3iKSIZ7mmxpNyUsJe8Hz
        hWL0T9sHS9RmYFNreTYEFgE6uBrOvlCq+5jLQz9s62/CYdrerLxKdrcgkcdo6U6g
        o1MwUTAdBgNVHQ4EFgQUSjDJoZxv9VkYNoVLrLsDs5pTQpAwHwYDVR0jBBgwFoAU
        SjDJoZxv9VkYNoVLrLsDs5pTQpAwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
        AgNIADBFAiEAtwYpxIVxdJYm5DHol4Ce2V9c6JpKpx4qDqI6zfqAIV0CIFJLwz6S
        O0fqnT9eJ/0E7nDtZO4ddfeT1RjDFUVmPSlR
        -----END CERTIFICATE-----
        """;

    private static final String FINGERPRINT =
            "79:3D:D8:ED:21:97:DD:93:12:5E:45:B6:B3:6E:1C:89:F5:1A:55:DB:A8:20:5E:B2:DA:D7:93:93:FF:18:02:20";

    private static X509Certificate certificate() throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FINGERPRINT,
                "793dd8ed2197dd93125e45b6b36e1c89f51a55dba8205eb2dad79393ff180220",
                "CN=Alice A.,O=Example\\, Inc.,C=DE",
                "cn=alice  a. , o=\"EXAMPLE, Inc.\" , c=de",
                "CN=other; CN=Alice A.,O=Example\\, Inc.,C=DE",
            })
    void acceptsTheSameFingerprintAndTheSameName(String written) throws CertificateException {
        assertThat(AcceptedCertificates.parse(written).accept(certificate())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:3D:D8:ED:21:97:DD:93:12:5E:45:B6:B3:6E:1C:89:F5:1A:55:DB:A8:20:5E:B2:DA:D7:93:93:FF:18:02:20",
                "CN=Alice A.",
                "C=DE,O=Example\\, Inc.,CN=Alice A.",
                "CN=Alice A.+O=Example\\, Inc.,C=DE",
                "CN=Alice A.,O=Example\\, Inc.,C=DE,DC=more",
                "CN=\"Alice A.;O=Example, Inc.\"",
            })
    void acceptsNothingElse(String written) throws CertificateException {
        assertThat(AcceptedCertificates.parse(written).accept(certificate())).isFalse();
    }

    @Test
    void noneAcceptsNone() throws CertificateException {
        assertThat(AcceptedCertificates.NONE.accept(certificate())).isFalse();
        assertThat(AcceptedCertificates.NONE.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is missing",
                "CN=a;; | is missing",
                "alice | neither",
                "/C=DE/CN=Alice | neither",
                "=Alice | neither",
                "NOSUCH=Alice | no subject",
                "CN=Alice, | no subject",
                "79:3D:D8:ED:21:97:DD:93:12:5E:45:B6:B3:6E:1C:89:F5:1A:55:DB | SHA-1",
            })
    void refusesWhatCantBeUnderstood(String written, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcceptedCertificates.parse(written))
                .withMessageContaining(why);
    }

    @Test
    void refusesMoreThanAFew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcceptedCertificates.parse(String.join(";", Collections.nCopies(17, "CN=a"))))
                .withMessageContaining("more than 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a,O=root", "a\\", "\"a", "#04", "a+OU=b", "a;CN=root", "a=b", "<a>"})
    void aNameInAGroupsSubjectIsNothingButAName(String name) {
        String written = AcceptedCertificates.forMember("CN=${user},O=Partners", name);

        AcceptedCertificates read = AcceptedCertificates.parse(written);

        assertThat(read.all()).hasSize(1);
        assertThat(read.all().getFirst().toString()).contains("O=Partners").doesNotContain(", O=root");
    }
}
