package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that change files and directories, or tell about them (RFC 959, section 4.1.3; RFC 3659). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileCommandsIT {

    private static final Instant TIME = Instant.parse("2002-07-17T21:07:15Z");
    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server = RunningServer.with(
            ServerOptions.standard().with(Account.ALICE.named("reader").readOnly()));

    @BeforeAll
    void writeFiles() throws IOException {
        Files.writeString(server.home().resolve("fox"), TEXT);
        Files.setLastModifiedTime(server.home().resolve("fox"), FileTime.from(TIME));
        Files.createDirectory(server.home().resolve("folder"));
    }

    @Test
    void changesDirectories() throws IOException {
        Dialogue.loggedIn(server, """
            PWD         => 257 "/" .*
            CWD folder  => 250 .*
            XPWD        => 257 "/folder" .*
            CDUP        => 250 .*
            PWD         => 257 "/" .*
            XCWD folder => 250 .*
            XCUP        => 250 .*
            CDUP        => 250 .*
            CWD ..      => 250 .*
            PWD         => 257 "/" .*
            CWD nowhere => 550 .*
            CWD fox     => 550 .*
            CWD         => 501 .*\
            """);
    }

    @Test
    void makesAndRemovesDirectories() throws IOException {
        Dialogue.loggedIn(server, """
            MKD new/deeper    => 550 .*
            MKD new           => 257 "/new" .*
            MKD new           => 550 .*
            XMKD new/deeper   => 257 "/new/deeper" .*
            RMD new           => 550 .*
            XRMD new/deeper   => 250 .*
            RMD new           => 250 .*
            RMD new           => 550 .*
            RMD fox           => 550 .*
            RMD /             => 550 .*
            MKD               => 501 .*
            RMD               => 501 .*\
            """);
    }

    @Test
    void deletesFilesOnly() throws IOException {
        Files.writeString(server.home().resolve("doomed"), "x");
        Dialogue.loggedIn(server, """
            DELE folder => 550 .*
            DELE doomed => 250 .*
            DELE doomed => 550 .*
            DELE        => 501 .*\
            """);
        assertThat(server.home().resolve("doomed")).doesNotExist();
    }

    @Test
    void renamesWhatRnfrNamed() throws IOException {
        Files.writeString(server.home().resolve("old"), "x");
        Dialogue.loggedIn(server, """
            RNTO x      => 503 .*
            RNFR gone   => 550 .*
            RNTO x      => 503 .*
            RNFR old    => 350 .*
            RNTO folder => 553 .*
            RNTO x      => 503 .*
            RNFR old    => 350 .*
            RNTO folder/newer => 250 .*
            RNFR        => 501 .*
            RNFR folder/newer => 350 .*
            RNTO        => 501 .*
            DELE folder/newer => 250 .*\
            """);
    }

    @Test
    void letsReadersChangeNothing() throws IOException {
        Dialogue.loggedIn(server, Account.ALICE.named("reader"), """
            MKD new                    => 550 .*
            RMD folder                 => 550 .*
            DELE fox                   => 550 .*
            RNFR fox                   => 550 .*
            MFMT 20200101000000 fox    => 550 .*
            MFF UNIX.mode=0600; fox    => 550 .*
            SITE CHMOD 600 fox         => 550 .*
            SITE UTIME 20200101000000 fox => 550 .*
            MDTM fox                   => 213 20020717210715\
            """);
    }

    @Test
    void countsBytesAsTheTypeSendsThem() throws IOException {
        Files.writeString(server.home().resolve("lines"), "one\ntwo\n");
        Dialogue.loggedIn(server, """
            TYPE I      => 200 .*
            SIZE lines  => 213 8
            TYPE A      => 200 .*
            SIZE lines  => 213 10
            SIZE gone   => 550 .*
            SIZE folder => 550 .*
            SIZE        => 501 .*\
            """);
    }

    @Test
    void describesOneFileOnTheControlConnection() throws IOException {
        Dialogue.loggedIn(server, """
            MLST fox    => 250-[^\\n]*\\n type=file;.*size=43;.*modify=20020717210715;.* /fox\\n250 .*
            MLST folder => 250-.* type=dir;.* /folder\\n250 .*
            MLST gone   => 550 .*
            STAT fox    => 213-.* fox\\n213 .*\
            """);
    }

    @Test
    void tellsTheSpaceThatIsLeft() throws IOException {
        Dialogue.loggedIn(server, """
            AVBL        => 213 [1-9]\\d*
            AVBL folder => 213 [1-9]\\d*
            AVBL gone   => 550 .*\
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "socket", "link-to-pipe"})
    void noCommandWaitsForAPipeOrASocket(String name, @TempDir Path elsewhere) throws IOException {
        Path home = server.home();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(home.resolve("socket")));
            Command.run(elsewhere, "mkfifo", home.resolve("pipe").toString()).expectExit(0);
            Files.createSymbolicLink(home.resolve("link-to-pipe"), Path.of("pipe"));
            Dialogue.loggedIn(server, """
                EPSV       => 229 .*
                RETR NAME  => 550 .*not a plain file.*
                EPSV       => 229 .*
                STOR NAME  => 550 .*not a plain file.*
                EPSV       => 229 .*
                APPE NAME  => 550 .*not a plain file.*
                REST 1     => 350 .*
                EPSV       => 229 .*
                STOR NAME  => 55\\d .*
                SIZE NAME  => 550 .*
                HASH NAME  => 553 .*
                XMD5 NAME  => 55\\d .*
                MDTM NAME  => 213 .*
                MLST NAME  => 250-.*
                STAT NAME  => 213-.*
                SITE CHMOD 600 NAME      => 200 .*
                MFMT 20200101000000 NAME => 213 .*
                RNFR NAME  => 350 .*
                RNTO moved => 250 .*
                DELE moved => 250 .*\
                """.replace("NAME", name));
        } finally {
            for (String left : List.of("pipe", "socket", "link-to-pipe", "moved")) {
                Files.deleteIfExists(home.resolve(left));
            }
        }
    }

    @Test
    void countsNoLineEndsOfAVeryLongText() throws IOException {
        long size = (64L << 20) + 1;
        Path text = PatternFile.writeSparse(server.home().resolve("long"), size - 1, size);
        Dialogue.loggedIn(server, """
            SIZE long => 213 67108865
            TYPE A    => 200 .*
            SIZE long => 550 .*TYPE I.*
            EPSV      => 229 .*
            REST 67108866 => 350 .*
            RETR long => 554 .*too long to be counted in TYPE A.*
            EPSV      => 229 .*
            REST 67108866 => 350 .*
            STOR long => 554 .*TYPE I.*
            EPSV      => 229 .*
            REST 1000000000000 => 350 .*
            STOR long => 554 .*\
            """);
        Files.delete(text);
    }
}
