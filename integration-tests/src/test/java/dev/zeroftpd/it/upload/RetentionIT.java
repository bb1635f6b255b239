package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files go when they are older than their account keeps them, and nothing else does. */
class RetentionIT {

    @TempDir
    Path folder;

    private static Path old(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    }

    @Test
    void deletesWhatIsOldBelowTheHomeAndFollowsNoLink() throws IOException {
        Path outside = old(folder.resolve("outside/old"), "another's");
        Path home = Files.createDirectories(folder.resolve("home"));
        Path old = old(home.resolve("a/b/old"), "gone");
        Path another = old(home.resolve("another-old"), "gone");
        Path fresh = Files.writeString(home.resolve("a/fresh"), "stays");
        Files.createSymbolicLink(home.resolve("a/out"), folder.resolve("outside"));
        Files.createSymbolicLink(home.resolve("out"), outside);
        try (ServerProcess server =
                LimitedServer.start(folder, ServerOptions.standard(), "alice.retention=7d", "alice.quota-bytes=1MiB")) {
            assertThat(Operator.ftpd(server, "retention", "--dry-run")
                            .expectExit(0)
                            .output()
                            .lines())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("alice  ") && line.endsWith("  /a/b/old"));
            assertThat(old).exists();

            assertThat(LimitedServer.lines(server, "retention", "alice"))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).containsEntry("deleted", true));

            assertThat(old).doesNotExist();
            assertThat(another).doesNotExist();
            assertThat(fresh).hasContent("stays");
            assertThat(outside).hasContent("another's");
            assertThat(Files.isSymbolicLink(home.resolve("out"))).isTrue();
            server.awaitLogLine(line -> line.contains("RETENTION \"/a/b/old\", unchanged for 7 days"));
            assertThat(LimitedServer.quota(server)).containsEntry("bytes", 5);
            assertThat(LimitedServer.scan(server)).containsEntry("bytes_corrected", 0);
        }
    }

    @Test
    void leavesAloneOtherHomesWithinAndGoesOnBehindABadOne() throws IOException {
        Path others = old(folder.resolve("home/bob/old"), "another's");
        Path old = old(folder.resolve("home/a/old"), "gone");
        Path noDirectory = Files.createDirectories(folder.resolve("no-directory"));
        try (ServerProcess server = LimitedServer.start(
                folder,
                ServerOptions.standard(),
                "aaron.homedirectory=" + noDirectory,
                "aaron.userpassword=x",
                "aaron.retention=7d",
                "alice.retention=7d",
                "bob.homedirectory=" + folder.resolve("home/bob"),
                "bob.userpassword=x")) {
            Files.delete(noDirectory);
            Files.writeString(noDirectory, "a start would refuse it");

            assertThat(Operator.ftpd(server, "retention").expectExit(1).errors())
                    .contains("old files of aaron stay");

            assertThat(old).doesNotExist();
            assertThat(others).hasContent("another's");
        }
    }

    @Test
    void whatLiesInAFolderGoesByTheHomeThatItIsIn() throws IOException {
        Path visited = old(folder.resolve("home/inbox/old"), "gone");
        Path guests = old(folder.resolve("bobs/old"), "another's");
        Path ownerless = old(folder.resolve("free/old"), "no account's");
        try (ServerProcess server = LimitedServer.start(
                folder,
                ServerOptions.standard(),
                "alice.retention=7d",
                "alice.folder./bobs=" + folder.resolve("bobs"),
                "alice.folder./free=" + folder.resolve("free"),
                "bob.homedirectory=" + folder.resolve("bobs"),
                "bob.userpassword=x",
                "bob.folder./inbox=" + folder.resolve("home/inbox"))) {
            assertThat(Operator.ftpd(server, "retention").expectExit(0).output().lines())
                    .singleElement()
                    .asString()
                    .endsWith("  /inbox/old");

            assertThat(visited).doesNotExist();
            assertThat(guests).hasContent("another's");
            assertThat(ownerless).hasContent("no account's");
        }
    }

    @Test
    void theShortestRetentionOfTheAccountsOfAHomeCounts() throws IOException {
        Path old = old(folder.resolve("home/old"), "gone");
        try (ServerProcess server = LimitedServer.start(
                folder,
                ServerOptions.standard(),
                "aaron.homedirectory=home",
                "aaron.userpassword=x",
                "aaron.retention=30d",
                "alice.retention=9d",
                "bob.homedirectory=home",
                "bob.userpassword=x",
                "bob.retention=7d",
                "carol.homedirectory=home",
                "carol.userpassword=x")) {
            assertThat(Operator.ftpd(server, "retention").expectExit(0).output().lines())
                    .hasSize(1);

            assertThat(old).doesNotExist();
            server.awaitLogLine(line -> line.contains("RETENTION \"/old\", unchanged for 7 days"));
        }
    }

    @Test
    void leavesAloneWhatIsBeingWritten() throws IOException {
        Path log = old(folder.resolve("home/log"), "old lines");
        try (ServerProcess server = LimitedServer.start(folder, ServerOptions.standard(), "alice.retention=7d");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "APPE log");
            Operator.ftpd(server, "retention").expectExit(0);
            data.output().write(PatternFile.bytes(0, 10));
            data.end();
            client.expectReply(226);

            assertThat(log).exists();
            assertThat(Files.size(log)).isEqualTo(19);
        }
    }

    /** A client that stands still for a week is slow, not gone. */
    @Test
    void leavesAloneThePartialOfAnUploadThatRuns() throws IOException {
        Files.createDirectories(folder.resolve("home"));
        try (ServerProcess server = LimitedServer.start(folder, ServerOptions.standard(), "alice.retention=7d");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE);
                DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR log");
            Path partial;
            try (Stream<Path> files = Files.list(folder.resolve("home"))) {
                partial = files.findAny().orElseThrow();
            }
            Files.setLastModifiedTime(partial, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
            Operator.ftpd(server, "retention").expectExit(0);
            data.output().write(PatternFile.bytes(0, 10));
            data.end();
            client.expectReply(226);

            assertThat(folder.resolve("home/log")).hasSize(10);
        }
    }
}
