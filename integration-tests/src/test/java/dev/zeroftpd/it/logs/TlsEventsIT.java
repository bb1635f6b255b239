package dev.zeroftpd.it.logs;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of encryption, and of a certificate that has only some days left. */
class TlsEventsIT {

    @TempDir
    Path folder;

    @Test
    void tellsWhatWasEncryptedAndThatTheCertificateExpires() throws IOException {
        ServerOptions options =
                OpensslClient.withRsaKey(folder, ServerOptions.standard().with("listener.tls", "explicit"), 5);
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            server.awaitLogLine(line ->
                    line.contains(" started, ") && line.matches(".*\\(TLS explicit, certificate until \\S+Z\\).*"));
            server.awaitLogLine(line -> line.contains(" WARN The certificate expires in 4 days, at "));

            Path sent = Files.writeString(folder.resolve("sent"), "abc");
            curl(server, "--ssl-reqd", "--insecure", "--upload-file", sent.toString());
            server.awaitLogLine(line -> line.endsWith(" alice 127.0.0.1 LOGIN over TLS"));
            server.awaitLogLine(line -> line.contains(" alice 127.0.0.1 STOR \"/sent\", 3 bytes, ")
                    && line.endsWith(" MB/s, streamed: upload over TLS, completed"));

            curl(server, "--upload-file", sent.toString());
            server.awaitLogLine(line -> line.endsWith(" alice 127.0.0.1 LOGIN in clear"));
            server.awaitLogLine(line -> line.endsWith(" MB/s, streamed: upload, completed"));
        }
    }

    private void curl(ServerProcess server, String... arguments) throws IOException {
        String[] line = new String[arguments.length + 5];
        line[0] = "curl";
        line[1] = "--silent";
        line[2] = "--user";
        line[3] = "alice:wonderland";
        System.arraycopy(arguments, 0, line, 4, arguments.length);
        line[line.length - 1] = "ftp://127.0.0.1:" + server.address().getPort() + "/";
        Command.run(folder, line).expectExit(0);
    }
}
