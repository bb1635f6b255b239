package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeFaultsTest {

    private static final Optional<ClientHello> OLD_SCANNER = Optional.of(new ClientHello(
            List.of("TLSv1.1", "TLSv1"),
            List.of(0x0035, 0x0a0a, 0x00ff, 0xfefe),
            OptionalInt.empty(),
            Optional.empty()));

    private static String of(Exception failure) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return HandshakeFaults.describe(failure, OLD_SCANNER, engine);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        (bad_certificate) Received fatal alert: bad_certificate | the client refused the server's certificate (bad_certificate)
        (unknown_ca) Received fatal alert: unknown_ca | the client refused the server's certificate (unknown_ca)
        (handshake_failure) received handshake warning: certificate_expired | the client refused the server's certificate (certificate_expired)
        (protocol_version) Received fatal alert: protocol_version | the client refused the server's TLS version (protocol_version)
        (handshake_failure) Received fatal alert: handshake_failure | the client refused the server's cipher suite or key (handshake_failure)
        (internal_error) Received fatal alert: internal_error | the client refused the TLS handshake (internal_error)
        (unexpected_message) Received close_notify during handshake | the client closed the connection during the TLS handshake
        (protocol_version) Client requested protocol TLSv1.1 is not enabled | no common TLS version: the client offers TLSv1.1, TLSv1, this server TLSv1.3, TLSv1.2
        (handshake_failure) no cipher suites in common | no common cipher suite: the client offers TLS_RSA_WITH_AES_256_CBC_SHA, 0xfefe
        (handshake_failure) No common named group | no common TLS parameters, such as a key exchange or a kind of signature (handshake_failure)
        (bad_certificate) Empty client certificate chain | the client sent no certificate, which this server requires
        (certificate_unknown) PKIX path building failed | the server refused the client's certificate (certificate_unknown)
        (illegal_parameter) Incorrect PSK binder value | the client's TLS handshake is not well-formed (illegal_parameter)
        (internal_error) java.lang.Whatever | the server failed in the TLS handshake (internal_error)
        (illegal_parameter) Invalid server name: Received fatal alert: unknown_ca | the client's TLS handshake is not well-formed (illegal_parameter)
        (illegal_parameter) no name EOF close_notify SSLv2Hello Connection reset | the client's TLS handshake is not well-formed (illegal_parameter)
        (protocol_version) Connection Unsupported SSL v2.0 | no common TLS version: the client offers TLSv1.1, TLSv1, this server TLSv1.3, TLSv1.2
        (internal_error) closing inbound before receiving peer's close_notify | the client closed the connection during the TLS handshake
        Unsupported or unrecognized SSL message | the client speaks without TLS
        SSLv2Hello is not enabled | the client speaks SSL 2.0 only
        Connection reset by peer | the client reset the connection during the TLS handshake
        Unexpected exception | the TLS handshake failed
        """)
    void saysWhichSideRefusedAndWhy(String message, String told) throws Exception {
        assertThat(of(new SSLException(message))).isEqualTo(told);
    }

    @Test
    void namesTheAlertsThatAClientSendsInClear() {
        assertThat(HandshakeFaults.ofAlert(48)).isEqualTo("the client refused the server's certificate (unknown_ca)");
        assertThat(HandshakeFaults.ofAlert(200)).isEqualTo("the client refused the TLS handshake (alert 200)");
    }

    @Test
    void hasWordsForAFailureWithoutAny() throws Exception {
        assertThat(of(new IOException((String) null))).isEqualTo("the TLS handshake failed");
    }

    @Test
    void logsAddressReasonAndAFewOfTheOfferedCipherSuites() {
        ClientHello manySuites = new ClientHello(
                List.of("TLSv1.2"),
                IntStream.range(0x2000, 0x2100).boxed().toList(),
                OptionalInt.empty(),
                Optional.empty());
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

        assertThat(HandshakeLog.line(peer, "why", Optional.of(manySuites)))
                .startsWith("TLS with " + peer.toString().replaceFirst("^/", "")
                        + " failed: why; it offered TLSv1.2 with 0x2000, ")
                .endsWith(" and 248 more");
    }

    @Test
    void logsAtMostSixtyOfThemAMinute() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        var logger = new LoggerContext().getLogger(HandshakeLog.class);
        logger.addAppender(written);
        HandshakeLog log = new HandshakeLog(logger, now::get);

        IntStream.range(0, 1000).forEach(_ -> log.failed(null, "why", Optional.empty()));
        assertThat(written.list).hasSize(60);
        now.set(Instant.EPOCH.plusSeconds(60));
        log.failed(null, "why", Optional.empty());
        assertThat(written.list).hasSize(61);
    }
}
