package dev.zeroftpd.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands answer in a file system that the embedder wrote, of which only Apache FtpServer's interface is known. */
class EmbeddingFileSystemIT {

    private static final Instant TIME = Instant.parse("2002-07-17T21:07:15Z");

    @TempDir
    Path home;

    @BeforeEach
    void writeFile() throws IOException {
        Files.writeString(home.resolve("fox"), "The quick brown fox jumps over the lazy dog");
        Files.setLastModifiedTime(home.resolve("fox"), FileTime.from(TIME));
    }

    private void hold(Account account, String table) throws Exception {
        NativeFileSystemFactory own = new NativeFileSystemFactory() {};
        try (EmbeddedServer server = EmbeddedServer.start(account, home.toString(), EmbeddedServer.fileSystem(own));
                ControlClient client = ControlClient.login(server.address(), account)) {
            Dialogue.hold(client, table);
        }
    }

    @Test
    void answersWhatTheInterfaceCanTell() throws Exception {
        hold(Account.ALICE, """
            SIZE fox                 => 213 43
            HASH fox                 => 213 SHA-256 0-42 d7a8fbb3.*
            XMD5 fox                 => 251 fox 9E107D9D372BB6826BD81D3542A419D6
            MLST fox                 => 250-.* type=file;size=43;.* /fox\\n.*
            STAT fox                 => 213-.* 43 .* fox\\n.*
            MDTM fox                 => 213 20020717210715.*
            MKD new                  => 257 .*
            RMD new                  => 250 .*
            MFMT 20200101000000 fox  => 213 .*
            RNFR fox                 => 350 .*
            RNTO dog                 => 250 .*
            DELE dog                 => 250 .*\
            """);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void refusesWhatTheInterfaceHasNoWordFor() throws Exception {
        hold(Account.ALICE, """
            MFF Modify=20200101000000; fox => 502 .*
            AVBL                           => 502 .*
            SITE CHMOD 600 fox             => 502 .*
            SITE UMASK                     => 502 .*
            SITE UTIME 20200101000000 fox  => 502 .*
            RANG 0 4                       => 350 .*
            EPSV                           => 229 .*
            STOR fox                       => 553 .*\
            """);
    }

    @Test
    void letsReadersChangeNoTimes() throws Exception {
        hold(Account.ALICE.readOnly(), """
            MFMT 20200101000000 fox  => 550 .*
            MFMT                     => 501 .*
            MDTM fox                 => 213 20020717210715.*\
            """);
    }
}
