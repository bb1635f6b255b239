package dev.zeroftpd.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate for the loopback interface's names and addresses, made by the JDK's keytool. Stateless. */
public final class ServerKeystore {

    public static final String PASSWORD = "changeit";

    private static final String FILE = "server.p12";
    private static final String ALIAS = "server";

    private static final String KEYTOOL =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

    private ServerKeystore() {}

    /** Makes them in the server's folder, and {@code options} that use them. */
    public static ServerOptions in(Path folder, ServerOptions options) throws IOException {
        make(folder);
        return options.with("tls.keystore", FILE).with("tls.keystore-password", PASSWORD);
    }

    /** Makes a keystore with a new key and certificate in a folder. */
    public static Path make(Path folder) throws IOException {
        Command.run(
                        folder,
                        KEYTOOL,
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1,ip:::1",
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        FILE,
                        "-storepass",
                        PASSWORD)
                .expectExit(0);
        writeCertificate(folder);
        return folder.resolve(FILE);
    }

    /** The certificate that was made in a folder, as a PEM file, for clients to trust. */
    public static Path certificate(Path folder) {
        return folder.resolve("server.pem");
    }

    private static void writeCertificate(Path folder) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(folder.resolve(FILE).toFile(), PASSWORD.toCharArray());
            String body = Base64.getMimeEncoder()
                    .encodeToString(store.getCertificate(ALIAS).getEncoded());
            Files.writeString(
                    certificate(folder),
                    String.format("-----BEGIN CERTIFICATE-----%n%s%n-----END CERTIFICATE-----%n", body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keytool has just made it", e);
        }
    }
}
