package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clocks that are set while the server runs. The time of day is libfaketime's: a time name space has none of its own, and the
 * machine's belongs to all its processes. Files keep the times that the kernel gives them.
 */
class ClockJumpIT {

    /** More than the kernel buffers for one connection. */
    private static final int LARGE = 6 << 20;

    @TempDir
    private Path folder;

    private List<String> wrapper() throws IOException {
        return List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + offset(),
                "FAKETIME_NO_CACHE=1",
                "NO_FAKE_STAT=1",
                // what the JVM waits by goes on
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // libfaketime's work-around for old C libraries, with which a JVM spins
                "FAKETIME_FORCE_MONOTONIC_FIX=0");
    }

    private static Path library() throws IOException {
        for (String place : List.of("/usr/lib", "/usr/lib64")) {
            if (!Files.isDirectory(Path.of(place))) {
                continue;
            }
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(place))) {
                for (Path candidate : folders) {
                    Path library = candidate.resolve("faketime/libfaketimeMT.so.1");
                    if (Files.exists(library)) {
                        return library;
                    }
                }
            }
        }
        throw new AssertionError("libfaketime is missing: install faketime, or let ./verify do it");
    }

    private Path offset() {
        return folder.resolve("clock");
    }

    /** In one step: the server may look at any moment. */
    private void setClock(String by) throws IOException {
        Path next = Files.writeString(folder.resolve("clock.next"), by + "\n");
        Files.move(next, offset(), StandardCopyOption.ATOMIC_MOVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+30y", "-3d"})
    void changesNeitherSessionsNorTransfersNorTheirTimeouts(String by) throws IOException {
        setClock("+0");
        ServerOptions options = ServerOptions.standard()
                .with("listener.idle-timeout", "1h")
                .with("listener.login-timeout", "3s")
                .with("listener.six.idle-timeout", "2s")
                .wrappedBy(wrapper());
        try (ServerProcess server = ServerProcess.start(folder, options);
                ControlClient quiet = ControlClient.login(server.address(), Account.ALICE);
                ControlClient uploader = ControlClient.login(server.address(), Account.ALICE);
                DataClient upload = DataClient.connect(uploader.extendedPassive());
                ControlClient downloader = ControlClient.login(server.address(), Account.ALICE)) {
            PatternFile.write(server.home().resolve("large"), LARGE);
            uploader.expect(150, "STOR new");
            upload.output().write(PatternFile.bytes(0, LARGE / 2));
            try (DataClient download = DataClient.connect(downloader.extendedPassive());
                    ControlClient idle = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE)) {
                downloader.expect(150, "RETR large");

                setClock(by);

                idle.expectReply(421);
                try (ControlClient stranger = ControlClient.connect(server.address())) {
                    stranger.expectReply(421); // by now every thread has looked at its clock
                }
                quiet.expect(200, "NOOP");
                upload.output().write(PatternFile.bytes(LARGE / 2, LARGE));
                upload.end();
                uploader.expectReply(226);
                PatternFile.assertRest(download.input(), 0, LARGE);
                downloader.expectReply(226);
            }
            assertThat(server.home().resolve("new")).hasBinaryContent(PatternFile.bytes(0, LARGE));
            ControlClient.login(server.address(), Account.ALICE).close();
            assertThat(server.stop()).isZero();
            assertThat(server.logText()).doesNotContain(" ERROR ", "\tat ");
        }
    }
}
