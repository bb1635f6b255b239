package dev.zeroftpd.dataconnection.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of the cipher suites that FTP clients offer (IANA's registry of TLS parameters). Stateless; any thread. */
final class CipherSuiteNames {

    /** A client may offer hundreds; a log line and a reply tell the first few. */
    private static final int MOST = 8;

    /** Renegotiation and downgrade marks, which are no cipher suites. */
    private static final List<Integer> SIGNALS = List.of(0x00ff, 0x5600);

    private static final Map<Integer, String> NAMES = read("""
        1301 TLS_AES_128_GCM_SHA256
        1302 TLS_AES_256_GCM_SHA384
        1303 TLS_CHACHA20_POLY1305_SHA256
        c02b TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        c02c TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        c02f TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        c030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        cca8 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        cca9 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        ccaa TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        c009 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        c00a TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
        c013 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        c014 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
        c023 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
        c024 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
        c027 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
        c028 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
        c0ac TLS_ECDHE_ECDSA_WITH_AES_128_CCM
        c0ad TLS_ECDHE_ECDSA_WITH_AES_256_CCM
        c008 TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA
        c012 TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
        c011 TLS_ECDHE_RSA_WITH_RC4_128_SHA
        009e TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
        009f TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
        0033 TLS_DHE_RSA_WITH_AES_128_CBC_SHA
        0039 TLS_DHE_RSA_WITH_AES_256_CBC_SHA
        0067 TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
        006b TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
        0016 TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA
        0032 TLS_DHE_DSS_WITH_AES_128_CBC_SHA
        0038 TLS_DHE_DSS_WITH_AES_256_CBC_SHA
        009c TLS_RSA_WITH_AES_128_GCM_SHA256
        009d TLS_RSA_WITH_AES_256_GCM_SHA384
        002f TLS_RSA_WITH_AES_128_CBC_SHA
        0035 TLS_RSA_WITH_AES_256_CBC_SHA
        003c TLS_RSA_WITH_AES_128_CBC_SHA256
        003d TLS_RSA_WITH_AES_256_CBC_SHA256
        000a TLS_RSA_WITH_3DES_EDE_CBC_SHA
        0041 TLS_RSA_WITH_CAMELLIA_128_CBC_SHA
        0084 TLS_RSA_WITH_CAMELLIA_256_CBC_SHA
        0004 TLS_RSA_WITH_RC4_128_MD5
        0005 TLS_RSA_WITH_RC4_128_SHA
        """);

    private CipherSuiteNames() {}

    private static Map<Integer, String> read(String table) {
        Map<Integer, String> names = new HashMap<>();
        table.lines().forEach(line -> names.put(Integer.parseInt(line.substring(0, 4), 16), line.substring(5)));
        return Map.copyOf(names);
    }

    private static String of(int number) {
        return NAMES.getOrDefault(number, String.format(Locale.ROOT, "0x%04x", number));
    }

    /** The first ones, with the number of the others. */
    static String list(List<Integer> numbers) {
        List<Integer> suites = numbers.stream()
                .filter(number -> !ClientHello.isGrease(number) && !SIGNALS.contains(number))
                .toList();
        if (suites.isEmpty()) {
            return "none";
        }
        String first = suites.stream().limit(MOST).map(CipherSuiteNames::of).collect(Collectors.joining(", "));
        return suites.size() > MOST ? first + " and " + (suites.size() - MOST) + " more" : first;
    }
}
