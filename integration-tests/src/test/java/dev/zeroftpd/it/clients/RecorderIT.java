package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ffmpeg, which closes its control connection before its data connection and never says QUIT. */
class RecorderIT {

    private static final Program FFMPEG = new Program("ffmpeg", "the package ffmpeg");

    /** As often as a race would need to show. */
    private static final int RECORDINGS = 10;

    @TempDir
    Path folder;

    @TempDir
    Path local;

    @Test
    void recordingsUnderNewNamesAreKept() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            for (int i = 0; i < RECORDINGS; i++) {
                record(server, "recording-" + i + ".ts");
            }

            assertThat(names(server)).hasSize(RECORDINGS).allMatch(name -> name.startsWith("recording-"));
        }
    }

    @Test
    void aPlaylistIsReplacedWhereTheServerIsToldThatItsClientsSayNoQuit() throws IOException {
        ServerOptions options = ServerOptions.standard().with("upload.without-quit", "always");
        try (ServerProcess server = ServerProcess.start(folder, options)) {
            record(server, "live.m3u8", "-g", "10", "-f", "hls", "-hls_time", "1", "-hls_list_size", "0");

            assertThat(server.home().resolve("live.m3u8")).content().contains("live0.ts", "live1.ts", "#EXT-X-ENDLIST");
            assertThat(names(server)).allMatch(name -> name.startsWith("live"));
        }
    }

    /** Three seconds of a test picture. */
    private void record(ServerProcess server, String name, String... output) throws IOException {
        Site site =
                new Site(server.address(), Way.Mode.PASSIVE, Site.Protection.CLEAR, false, Account.ALICE, local, local);
        List<String> arguments = new ArrayList<>(List.of("-loglevel", "error", "-f", "lavfi", "-i"));
        arguments.add("testsrc=duration=3:size=64x64:rate=10");
        arguments.addAll(List.of(output));
        arguments.add("-y");
        arguments.add("ftp://" + site.account().name() + ":" + site.account().password() + "@" + site.authority() + "/"
                + name);
        FFMPEG.run(site, "", arguments);
        server.awaitLogLine(line -> line.contains("\"/" + name + "\"") && line.endsWith("completed"));
    }

    private static List<String> names(ServerProcess server) throws IOException {
        try (var names = Files.list(server.home())) {
            return names.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
