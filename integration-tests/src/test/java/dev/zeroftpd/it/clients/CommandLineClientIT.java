package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What curl and lftp do beyond the jobs that {@link ClientMatrixIT} has for every client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineClientIT {

    private static final long SIZE = 10L << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    @TempDir
    Path local;

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
        Path sub = Files.createDirectories(server.home().resolve("sub/näher"));
        PatternFile.write(sub.resolve("ein Stück.bin"), 70_000);
    }

    @Test
    void curlDownloadsARange() throws IOException {
        curl("--range", "1000-4999", "--output", "got", url("file"));

        assertGot("got", 1000, 5000);
    }

    /** What is there is the old file, of which curl asks the length. */
    @Test
    void curlResumesAnUploadThatReplacesAFile() throws IOException {
        PatternFile.write(local.resolve("up-again"), SIZE);
        Files.writeString(server.home().resolve("up-again"), "an old file");
        breakOff("up-again");

        curl("--continue-at", "-", "--upload-file", "up-again", url("up-again"));

        assertUploaded("up-again");
    }

    @Test
    void lftpResumesAnUploadThatReplacesAFile() throws IOException {
        PatternFile.write(local.resolve("up-lftp-again"), SIZE);
        Files.writeString(server.home().resolve("up-lftp-again"), "an old file");
        breakOff("up-lftp-again");

        lftp("put -c up-lftp-again");

        assertUploaded("up-lftp-again");
    }

    /** Uploads a part of the file and leaves with RST. */
    private void breakOff(String name) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            DataClient data = DataClient.connect(client.extendedPassive());
            client.expect(150, "STOR " + name);
            data.output().write(PatternFile.bytes(0, 100_000));
            await().until(() -> client.expect(211, "STAT").text().contains(" 100000 bytes"));
            data.reset();
            client.expectReply(426);
        }
    }

    private void assertUploaded(String name) throws IOException {
        try (InputStream uploaded = Files.newInputStream(server.home().resolve(name))) {
            PatternFile.assertRest(uploaded, 0, SIZE);
        }
    }

    @Test
    void lftpMirrorsInParallel() throws IOException {
        InetSocketAddress address = server.address();
        String script =
                "set ftp:ssl-allow no; set net:max-retries 1; set net:timeout 20; set mirror:parallel-directories yes;"
                        + " open -u alice,wonderland -p " + address.getPort() + " " + address.getHostString()
                        + "; mirror --parallel=4 --use-pget-n=4 / mirrored; bye";

        Command.run(local, "lftp", "-c", script).expectExit(0);

        assertGot("mirrored/file", 0, SIZE);
        assertGot("mirrored/sub/näher/ein Stück.bin", 0, 70_000);
    }

    /**
     * aria2 that reads 150 and 226 at once waits for the 226 until its time-out, and then takes the download for complete.
     * So the server says 226 when aria2 has closed the data connection.
     */
    @Test
    void aria2HearsTheEndOfSmallDownloads() throws IOException {
        PatternFile.write(server.home().resolve("small"), 3_000);
        for (int i = 0; i < 10; i++) {
            Command.run(
                            local,
                            "aria2c",
                            "--no-conf",
                            "--quiet",
                            "--ftp-user=alice",
                            "--ftp-passwd=wonderland",
                            "--timeout=2",
                            "--log=aria2.log",
                            "--allow-overwrite=true",
                            url("small"))
                    .expectExit(0);
        }

        assertGot("small", 0, 3_000);
        assertThat(Files.readAllLines(local.resolve("aria2.log")))
                .filteredOn(line -> line.contains("Timeout before receiving transfer complete"))
                .isEmpty();
    }

    private void lftp(String command) throws IOException {
        InetSocketAddress address = server.address();
        String script = "set ftp:ssl-allow no; set net:max-retries 1; set net:timeout 20; open -u alice,wonderland -p "
                + address.getPort() + " " + address.getHostString() + "; " + command + "; bye";
        Command.run(local, "lftp", "-c", script).expectExit(0);
    }

    private Command curl(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 5];
        command[0] = "curl";
        command[1] = "--silent";
        command[2] = "--show-error";
        command[3] = "--user";
        command[4] = "alice:wonderland";
        System.arraycopy(arguments, 0, command, 5, arguments.length);
        return Command.run(local, command).expectExit(0);
    }

    private String url(String path) {
        return "ftp://127.0.0.1:" + server.address().getPort() + "/" + path;
    }

    private void assertGot(String name, long from, long end) throws IOException {
        try (InputStream got = Files.newInputStream(local.resolve(name))) {
            PatternFile.assertRest(got, from, end);
        }
    }
}
