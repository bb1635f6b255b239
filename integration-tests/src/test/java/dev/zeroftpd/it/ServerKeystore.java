package dev.zeroftpd.it;

import java.io.IOException;
import java.nio.file.Path;

/** A key and a certificate for {@code localhost}, made by the JDK's keytool. Stateless. */
final class ServerKeystore {

    private static final String FILE = "server.p12";
    private static final String PASSWORD = "changeit";

    private ServerKeystore() {}

    /** Makes them in the server's folder, and {@code options} that use them. */
    static ServerOptions in(Path folder, ServerOptions options) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Command.run(
                        folder,
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        FILE,
                        "-storepass",
                        PASSWORD)
                .expectExit(0);
        return options.with("tls.keystore", FILE).with("tls.keystore-password", PASSWORD);
    }
}
