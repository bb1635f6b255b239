package dev.zeroftpd.dataconnection.tls;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;

/**
 * The one table from a failed TLS handshake to its explanation for people: which side ended it, and why, followed by
 * the alert's name from RFC 8446, section 6. The JDK's own texts are left out: they are written for programmers.
 * Stateless; any thread.
 */
final class HandshakeFaults {

    static final String CLIENT_LEFT = "the client closed the connection during the TLS handshake";
    static final String CLIENT_RESET = "the client reset the connection during the TLS handshake";

    private static final String NO_TLS = "the client speaks without TLS";
    private static final String OLD_SSL = "the client speaks SSL 2.0 only";

    /** The JDK puts its own alert before a reason, {@code (handshake_failure) no cipher suites in common}. */
    private static final Pattern OWN_ALERT = Pattern.compile("^\\(([a-z_]+)\\) (.*)", Pattern.DOTALL);

    private static final Pattern RECEIVED = Pattern.compile("[Rr]eceived (?:fatal alert|handshake warning): (\\w+)");

    private static final Map<String, String> BEGINNINGS = Map.ofEntries(
            Map.entry("Received close_notify", CLIENT_LEFT),
            Map.entry("closing inbound before receiving peer's close_notify", CLIENT_LEFT),
            Map.entry("SSL peer shut down incorrectly", CLIENT_LEFT),
            Map.entry("Remote host terminated the handshake", CLIENT_LEFT),
            Map.entry("EOF", CLIENT_LEFT),
            Map.entry("Unsupported or unrecognized SSL message", NO_TLS),
            Map.entry("Unrecognized SSL message, plaintext connection", NO_TLS),
            Map.entry("SSLv2Hello", OLD_SSL),
            Map.entry("Unsupported SSL v2.0", OLD_SSL),
            Map.entry("SSL V2.0", OLD_SSL),
            Map.entry("Connection reset", CLIENT_RESET),
            Map.entry("Broken pipe", CLIENT_RESET));

    private static final Map<Integer, String> ALERTS = Map.ofEntries(
            Map.entry(0, "close_notify"),
            Map.entry(10, "unexpected_message"),
            Map.entry(20, "bad_record_mac"),
            Map.entry(22, "record_overflow"),
            Map.entry(40, "handshake_failure"),
            Map.entry(41, "no_certificate"),
            Map.entry(42, "bad_certificate"),
            Map.entry(43, "unsupported_certificate"),
            Map.entry(44, "certificate_revoked"),
            Map.entry(45, "certificate_expired"),
            Map.entry(46, "certificate_unknown"),
            Map.entry(47, "illegal_parameter"),
            Map.entry(48, "unknown_ca"),
            Map.entry(49, "access_denied"),
            Map.entry(50, "decode_error"),
            Map.entry(51, "decrypt_error"),
            Map.entry(70, "protocol_version"),
            Map.entry(71, "insufficient_security"),
            Map.entry(80, "internal_error"),
            Map.entry(90, "user_canceled"),
            Map.entry(112, "unrecognized_name"),
            Map.entry(116, "certificate_required"),
            Map.entry(120, "no_application_protocol"));

    private HandshakeFaults() {}

    /** For an alert that came from the client, by its number. */
    static String ofAlert(int number) {
        return fromClient(ALERTS.getOrDefault(number, "alert " + number));
    }

    /** For what the JDK or the socket has thrown. */
    static String describe(Exception failure, Optional<ClientHello> hello, SSLEngine engine) {
        String text = String.valueOf(failure.getMessage());
        if (failure instanceof HandshakeEnded) {
            return text;
        }
        Matcher own = OWN_ALERT.matcher(text);
        if (!own.matches()) {
            return byBeginning(text).orElse("the TLS handshake failed");
        }
        String reason = own.group(2);
        return byBeginning(reason).orElseGet(() -> fromServer(own.group(1), reason, hello, engine));
    }

    /** How the JDK's texts begin; what follows may be chosen by the client, such as a name that it asked for. */
    private static Optional<String> byBeginning(String reason) {
        Matcher received = RECEIVED.matcher(reason);
        if (received.lookingAt()) {
            return Optional.of(fromClient(received.group(1)));
        }
        return BEGINNINGS.entrySet().stream()
                .filter(known -> reason.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String fromClient(String alert) {
        return switch (alert.toLowerCase(Locale.ROOT)) {
            case "bad_certificate",
                    "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca",
                    "bad_certificate_status_response" -> "the client refused the server's certificate (" + alert + ")";
            case "protocol_version" -> "the client refused the server's TLS version (" + alert + ")";
            case "handshake_failure", "insufficient_security" ->
                "the client refused the server's cipher suite or key (" + alert + ")";
            case "close_notify", "user_canceled" -> CLIENT_LEFT;
            default -> "the client refused the TLS handshake (" + alert + ")";
        };
    }

    private static String fromServer(String alert, String reason, Optional<ClientHello> hello, SSLEngine engine) {
        return switch (alert) {
            case "protocol_version" ->
                "no common TLS version: the client offers "
                        + hello.map(HandshakeFaults::versions).orElse("others") + ", this server "
                        + String.join(", ", engine.getEnabledProtocols());
            case "handshake_failure", "insufficient_security" -> noAgreement(reason, hello);
            case "certificate_required" -> "the client sent no certificate, which this server requires";
            case "bad_certificate" ->
                reason.contains("Empty client certificate chain")
                        ? "the client sent no certificate, which this server requires"
                        : clientsCertificate(alert);
            case "unsupported_certificate",
                    "certificate_revoked",
                    "certificate_expired",
                    "certificate_unknown",
                    "unknown_ca" -> clientsCertificate(alert);
            case "no_application_protocol" -> "the client wants to speak another protocol than FTP (" + alert + ")";
            case "internal_error" -> "the server failed in the TLS handshake (" + alert + ")";
            default -> "the client's TLS handshake is not well-formed (" + alert + ")";
        };
    }

    private static String noAgreement(String reason, Optional<ClientHello> hello) {
        if (reason.contains("cipher suites in common") || reason.contains("cipher suite")) {
            return "no common cipher suite: the client offers "
                    + hello.map(offer -> CipherSuiteNames.list(offer.suites())).orElse("others");
        }
        return reason.contains("renegotiation")
                ? "the client wants to negotiate anew, which this server refuses"
                : "no common TLS parameters, such as a key exchange or a kind of signature (handshake_failure)";
    }

    private static String clientsCertificate(String alert) {
        return "the server refused the client's certificate (" + alert + ")";
    }

    static String versions(ClientHello hello) {
        List<String> all = hello.versions();
        return all.isEmpty() ? "none" : String.join(", ", all.subList(0, Math.min(all.size(), 8)));
    }
}
