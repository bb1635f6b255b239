package dev.zeroftpd.server;

import dev.zeroftpd.config.TlsOffer;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets this process use TLS versions and cipher suites that Java disables, if the configuration names them: otherwise
 * such a setting would do nothing. Java reads its list once, so this must run before anything uses TLS; only for a
 * process of our own.
 */
final class OldTls {

    private static final Logger LOG = LoggerFactory.getLogger(OldTls.class);

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private static final String PLAIN_RSA = "TLS_RSA_";

    private OldTls() {}

    static void allow(TlsOffer offer) {
        List<String> weak = offer.weak();
        if (weak.isEmpty()) {
            return;
        }
        LOG.warn("tls.protocols and tls.cipher-suites offer what is no longer safe, for old devices: {}", weak);
        String disabled = Security.getProperty(DISABLED);
        if (disabled != null) {
            Security.setProperty(DISABLED, without(disabled, weak));
        }
    }

    /** The list of disabled algorithms without those that {@code weak} needs. */
    static String without(String disabled, List<String> weak) {
        List<String> needed = new ArrayList<>(weak);
        if (weak.stream().anyMatch(name -> name.startsWith(PLAIN_RSA))) {
            needed.add(PLAIN_RSA + "*");
        }
        return String.join(
                ", ",
                Arrays.stream(disabled.split(",", -1))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty() && !needed.contains(entry))
                        .toList());
    }
}
