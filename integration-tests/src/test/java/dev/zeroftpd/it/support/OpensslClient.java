package dev.zeroftpd.it.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code openssl s_client}, which can be told exactly what to offer. Stateless. */
public final class OpensslClient {

    private OpensslClient() {}

    /** After AUTH TLS; says QUIT once it is connected. Returns all that it said. */
    public static String explicit(Path folder, InetSocketAddress server, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-starttls", "ftp"));
        all.addAll(List.of(options));
        return run(folder, server, all);
    }

    public static String implicit(Path folder, InetSocketAddress server, String... options) throws IOException {
        return run(folder, server, List.of(options));
    }

    private static String run(Path folder, InetSocketAddress server, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl", "s_client", "-connect", server.getAddress().getHostAddress() + ":" + server.getPort()));
        command.addAll(options);
        Command ended = Command.run(folder, Map.of(), "", command);
        return ended.output() + ended.errors();
    }

    /** Makes a certificate with an RSA key, which some old clients insist on; returns options that use it. */
    public static ServerOptions withRsaKey(Path folder, ServerOptions options) throws IOException {
        return withRsaKey(folder, options, 30);
    }

    /**
     * The same, for a certificate that expires.
     *
     * @param days until then
     */
    public static ServerOptions withRsaKey(Path folder, ServerOptions options, int days) throws IOException {
        Command.run(
                        folder,
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-keyout",
                        "rsa-key.pem",
                        "-out",
                        "rsa.pem",
                        "-days",
                        Integer.toString(days),
                        "-subj",
                        "/CN=localhost")
                .expectExit(0);
        return options.with("tls.certificate", "rsa.pem").with("tls.private-key", "rsa-key.pem");
    }
}
