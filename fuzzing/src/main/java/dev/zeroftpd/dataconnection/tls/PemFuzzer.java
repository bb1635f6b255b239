package dev.zeroftpd.dataconnection.tls;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.zeroftpd.config.reader.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Keys and certificates in PEM files: loaded, or refused in words. */
public final class PemFuzzer {

    private static final List<String> LABELS =
            List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "CERTIFICATE");

    private static final Path KEY = file();
    private static final Path CERTIFICATE = file();

    private PemFuzzer() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzzed", ".pem");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        Files.writeString(KEY, pem(data));
        Files.writeString(CERTIFICATE, pem(data));
        try {
            Identity.load(new CertificateSource.Pem(CERTIFICATE, KEY));
        } catch (ConfigException refused) {
            if (refused.problems().isEmpty()) {
                throw new IllegalStateException("refused without a reason");
            }
        }
    }

    private static String pem(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            return data.consumeString(400);
        }
        String label = data.pickValue(LABELS);
        String body = data.consumeBoolean()
                ? data.consumeAsciiString(400)
                : Base64.getMimeEncoder().encodeToString(data.consumeBytes(400));
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
