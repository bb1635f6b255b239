package dev.zeroftpd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What docs/rfc-compliance.md promises of the commands that move no files: command by command, reply by reply. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolIT {

    private static final Instant TIME = Instant.parse("2002-07-17T21:07:15Z");
    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    private ServerProcess server;

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException {
        server = ServerProcess.start(
                folder,
                ServerOptions.standard()
                        .with(Account.ALICE.named("reader").readOnly())
                        .with(Account.ALICE.named("admin")));
        Files.writeString(server.home().resolve("fox"), TEXT);
        Files.setLastModifiedTime(server.home().resolve("fox"), FileTime.from(TIME));
        Files.createDirectory(server.home().resolve("folder"));
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    private void beforeLogin(String table) throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, table);
        }
    }

    private void loggedIn(String table) throws IOException {
        loggedInAs(Account.ALICE, table);
    }

    private void loggedInAs(Account account, String table) throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), account)) {
            Dialogue.hold(client, table);
        }
    }

    @Test
    void answersWhatIsAboutTheServerBeforeLogin() throws IOException {
        beforeLogin("""
            FEAT             => 211-.*211 End\\.
            SYST             => 215 UNIX Type: L8
            NOOP             => 200 .*
            HELP             => 214-.*RETR.*214 .*
            HELP retr        => 214 Syntax: RETR file
            HELP NOSUCH      => 502 .*
            OPTS UTF8 ON     => 200 .*
            OPTS UTF8        => 200 .*
            OPTS UTF-8 NLST  => 200 .*
            OPTS UTF8 OFF    => 504 .*
            OPTS             => 501 .*
            OPTS NOSUCH      => 501 .*
            CLNT some client => 200 .*
            CSID Name=x;     => 200 Name=ZeroFTPd;.*
            ACCT me          => 202 .*
            PWD              => 530 .*
            CWD /            => 530 .*
            RETR fox         => 530 .*
            SITE HELP        => 530 .*
            NOSUCH           => 5\\d\\d .*
            QUIT             => 221 .*\
            """);
    }

    @Test
    void listsTheFeaturesThatItHasAndNoTlsWithoutCertificate() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Reply features = client.expect(211, "FEAT");

            assertThat(features.lines())
                    .contains(" EPRT", " EPSV", " SIZE", " MDTM", " REST STREAM", " TVFS", " UTF8", " LANG EN*")
                    .contains(" MFMT", " MFF Modify;UNIX.mode;", " HOST", " CLNT", " CSID", " AVBL")
                    .contains(" HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32")
                    .doesNotContain(" AUTH TLS", " PBSZ", " PROT");
            assertThat(features.text()).contains("\n MLST type*;size*;modify*;");
            assertThat(features.lines().subList(1, features.lines().size() - 1)).allMatch(line -> line.startsWith(" "));
        }
    }

    @Test
    void marksTheChosenFactsAndHashInFeat() throws IOException {
        beforeLogin("""
            OPTS MLST size;  => 200 MLST OPTS size;
            OPTS HASH md5    => 200 MD5
            FEAT             => .* HASH SHA-256;SHA-512;SHA-1;MD5\\*;CRC32\\n.*
            FEAT             => .* MLST type;size\\*;modify;.*\
            """);
    }

    @Test
    void takesAHostNameBeforeUserOnly() throws IOException {
        beforeLogin("""
            HOST ftp.example.org => 220 .*
            HOST [2001:db8::1]   => 220 .*
            HOST 192.0.2.1       => 220 .*
            HOST                 => 501 .*
            HOST a b             => 501 .*
            USER alice           => 331 .*
            HOST ftp.example.org => 503 .*
            PASS wonderland      => 230 .*
            HOST ftp.example.org => 503 .*\
            """);
    }

    @Test
    void speaksEnglishOnly() throws IOException {
        beforeLogin("""
            LANG       => 200 .*
            LANG EN    => 200 .*
            LANG en-GB => 200 .*
            LANG fr    => 504 .*
            FEAT       => .* LANG EN\\*\\n.*\
            """);
    }

    @Test
    void protectsNothingBeforeAuth() throws IOException {
        beforeLogin("""
            PBSZ 0   => 503 .*
            PROT P   => 503 .*
            AUTH TLS => 431 .*
            AUTH X   => 504 .*
            AUTH     => 501 .*
            CCC      => 534 .*\
            """);
    }

    @Test
    void logsInOnceAndAnewWithUser() throws IOException {
        beforeLogin("""
            PASS wonderland => 503 .*
            USER            => 501 .*
            USER alice      => 331 .*
            PASS wonderland => 230 .*
            PASS wonderland => 202 .*
            CWD folder      => 250 .*
            USER alice      => 331 .*
            PWD             => 530 .*
            PASS wonderland => 230 .*
            PWD             => 257 "/" .*\
            """);
    }

    @Test
    void takesTypesByTheirWholeName() throws IOException {
        loggedIn("""
            TYPE A    => 200 .*
            TYPE A N  => 200 .*
            TYPE a    => 200 .*
            TYPE I    => 200 .*
            TYPE L 8  => 200 .*
            TYPE      => 501 .*
            TYPE AX   => 504 .*
            TYPE A T  => 504 .*
            TYPE E    => 504 .*
            TYPE L 7  => 504 .*
            TYPE IMAGE => 504 .*\
            """);
    }

    @Test
    void takesStructuresAndModesByTheirWholeName() throws IOException {
        loggedIn("""
            STRU F     => 200 .*
            STRU f     => 200 .*
            STRU R     => 504 .*records.*
            STRU P     => 504 .*
            STRU FILE  => 504 .*
            STRU       => 501 .*
            MODE S     => 200 .*
            MODE Z     => 200 .*
            MODE B     => 504 .*
            MODE C     => 504 .*
            MODE STREAM => 504 .*
            MODE       => 501 .*\
            """);
    }

    @Test
    void setsTheLevelOfModeZ() throws IOException {
        loggedIn("""
            OPTS MODE Z LEVEL 9  => 200 .*
            OPTS MODE Z LEVEL 0  => 200 .*
            OPTS MODE Z LEVEL 10 => 501 .*
            OPTS MODE Z          => 501 .*\
            """);
    }

    @Test
    void needsNoAllocationAndMountsNothing() throws IOException {
        loggedIn("""
            ALLO 1000     => 202 .*
            ALLO 1 R 80   => 202 .*
            ALLO much     => 501 .*
            ALLO          => 501 .*
            SMNT /dev/sda => 502 .*
            ACCT          => 202 .*\
            """);
    }

    @Test
    void checksTheOffsetOfRest() throws IOException {
        loggedIn("""
            REST 0                    => 350 .*
            REST 5000000000           => 350 .*5000000000.*
            REST                      => 501 .*
            REST -1                   => 501 .*
            REST ten                  => 501 .*
            REST 1.5                  => 501 .*
            REST 99999999999999999999 => 501 .*\
            """);
    }

    @Test
    void keepsTheOffsetOfRestUntilATransferUsesIt() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                REST 40  => 350 .*
                TYPE I   => 200 .*
                NOOP     => 200 .*
                MODE S   => 200 .*
                STRU F   => 200 .*
                PWD      => 257 .*
                CWD /    => 250 .*
                SYST     => 215 .*
                OPTS UTF8 ON => 200 .*
                PASV     => 227 .*\
                """);
            assertThat(retrieved(client)).isEqualTo(TEXT.substring(40));
            assertThat(retrieved(client)).isEqualTo(TEXT);
        }
    }

    private static String retrieved(ControlClient client) throws IOException {
        InetSocketAddress passive = client.extendedPassive();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataClient data = DataClient.connect(passive)) {
            client.expect(150, "RETR fox");
            data.input().transferTo(bytes);
        }
        client.expectReply(226);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void reinPutsEverythingBack() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                TYPE I         => 200 .*
                MODE Z         => 200 .*
                OPTS HASH MD5  => 200 .*
                OPTS MLST size; => 200 .*
                REST 7         => 350 .*
                RNFR fox       => 350 .*
                CWD folder     => 250 .*
                EPSV ALL       => 200 .*
                EPSV           => 229 .*
                REIN           => 220 .*
                PWD            => 530 .*
                PASS wonderland => 503 .*
                FEAT           => .* HASH SHA-256\\*;.*
                FEAT           => .* MLST type\\*;size\\*.*
                USER alice     => 331 .*
                PASS wonderland => 230 .*
                PWD            => 257 "/" .*
                RNTO other     => 503 .*
                STAT           => 211-.*Type ASCII.*
                RETR fox       => 425 .*
                PASV           => 227 .*\
                """);
            assertThat(retrieved(client)).isEqualTo(TEXT);
        }
    }

    @Test
    void changesDirectories() throws IOException {
        loggedIn("""
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
        loggedIn("""
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
    void doublesQuotesInRepliesAndTakesBackslashesAsTheyAre() throws IOException {
        loggedIn("""
            MKD a"b"     => 257 "/a""b""\" .*
            CWD a"b"     => 250 .*
            PWD          => 257 "/a""b""\" .*
            CWD /        => 250 .*
            RMD a"b"     => 250 .*
            MKD back\\slash => 257 "/back\\\\slash" .*
            RMD back\\slash => 250 .*\
            """);
        assertThat(server.home().resolve("a\"b\"")).doesNotExist();
    }

    @Test
    void deletesFilesOnly() throws IOException {
        Files.writeString(server.home().resolve("doomed"), "x");
        loggedIn("""
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
        loggedIn("""
            RNTO x      => 503 .*
            RNFR gone   => 550 .*
            RNTO x      => 503 .*
            RNFR old    => 350 .*
            RNTO fox    => 553 .*
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
        loggedInAs(Account.ALICE.named("reader"), """
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
    void tellsAndSetsTimes() throws IOException {
        Path file = Files.writeString(server.home().resolve("timed one"), "x");
        loggedIn("""
            MDTM fox                          => 213 20020717210715
            MDTM gone                         => 550 .*
            MDTM                              => 501 .*
            MFMT 20020717210715 timed one     => 213 Modify=20020717210715; /timed one
            MDTM timed one                    => 213 20020717210715
            MFMT 20020717210715.5 timed one   => 213 .*
            MFMT 20021317210715 timed one     => 501 .*
            MFMT 2002 timed one               => 501 .*
            MFMT 20020717210715               => 501 .*
            MFMT 20020717210715 gone          => 550 .*
            SITE UTIME 200001020304 timed one => 200 .*
            MDTM timed one                    => 213 20000102030400
            SITE UTIME timed one 20010101000000 20020202020202 20010101000000 UTC => 200 .*
            MDTM timed one                    => 213 20020202020202
            SITE UTIME                        => 501 .*
            SITE UTIME x y                    => 501 .*
            MFCT 20020717210715 fox           => 502 .*\
            """);
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.parse("2002-02-02T02:02:02Z"));
        Files.delete(file);
    }

    @Test
    void changesPermissionsAndFacts() throws IOException {
        Path file = Files.writeString(server.home().resolve("moded"), "x");
        loggedIn("""
            SITE CHMOD 600 moded   => 200 .*
            SITE CHMOD 0640 moded  => 200 .*
            SITE CHMOD 4755 moded  => 501 .*
            SITE CHMOD 888 moded   => 501 .*
            SITE CHMOD 600         => 501 .*
            SITE CHMOD 600 gone    => 550 .*
            MFF Modify=20020717210715;UNIX.mode=0604; moded => 213 UNIX.mode=0604;Modify=20020717210715; /moded
            MFF Create=20020717210715; moded => 504 .*
            MFF Modify=yesterday; moded => 504 .*
            MFF moded              => 501 .*\
            """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw----r--");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);
        Files.delete(file);
    }

    @Test
    void countsBytesAsTheTypeSendsThem() throws IOException {
        Files.writeString(server.home().resolve("lines"), "one\ntwo\n");
        loggedIn("""
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
        loggedIn("""
            MLST fox    => 250-[^\\n]*\\n type=file;.*size=43;.*modify=20020717210715;.* /fox\\n250 .*
            MLST folder => 250-.* type=dir;.* /folder\\n250 .*
            MLST gone   => 550 .*
            STAT        => 211-.*Logged in as alice.*211 .*\
            """);
    }

    @Test
    void hashesFilesAndPartsOfThem() throws IOException {
        loggedIn("""
            OPTS HASH         => 200 SHA-256
            HASH fox          => 213 SHA-256 0-42 d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592 /fox
            OPTS HASH SHA-512 => 200 SHA-512
            HASH fox          => 213 SHA-512 0-42 07e547d9586f6a73f73fbac0435ed769.{96} /fox
            OPTS HASH SHA-1   => 200 SHA-1
            HASH fox          => 213 SHA-1 0-42 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 /fox
            OPTS HASH MD5     => 200 MD5
            HASH fox          => 213 MD5 0-42 9e107d9d372bb6826bd81d3542a419d6 /fox
            OPTS HASH CRC32   => 200 CRC32
            HASH fox          => 213 CRC32 0-42 414fa339 /fox
            OPTS HASH MD4     => 504 .*
            RANG 4 8          => 350 .*
            HASH fox          => 213 CRC32 4-8 [0-9a-f]{8} /fox
            HASH fox          => 213 CRC32 0-42 414fa339 /fox
            RANG 4 8          => 350 .*
            RANG 1 0          => 350 .*
            HASH fox          => 213 CRC32 0-42 .*
            RANG 8 4          => 501 .*
            RANG 8            => 501 .*
            RANG 100 200      => 350 .*
            HASH fox          => 501 .*
            HASH gone         => 550 .*
            HASH folder       => 550 .*
            HASH              => 501 .*\
            """);
    }

    @Test
    void knowsTheOlderCommandsForHashes() throws IOException {
        loggedIn("""
            XCRC fox       => 250 414fa339
            XCRC "fox"     => 250 414fa339
            XCRC "fox" 0 43 => 250 414fa339
            XMD5 "fox" 0 0 => 250 d41d8cd98f00b204e9800998ecf8427e
            XMD5 fox       => 250 9e107d9d372bb6826bd81d3542a419d6
            XSHA fox       => 250 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
            XSHA1 fox      => 250 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
            XSHA256 fox    => 250 d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592
            XSHA512 fox    => 250 07e547d9586f6a73f73fbac0435ed769.{96}
            XCRC gone      => 550 .*
            XCRC           => 501 .*
            XCRC "fox" 99  => 501 .*
            MMD5 fox       => 502 .*\
            """);
    }

    @Test
    void tellsTheSpaceThatIsLeft() throws IOException {
        loggedIn("""
            AVBL        => 213 [1-9]\\d*
            AVBL folder => 213 [1-9]\\d*\
            """);
    }

    @Test
    void helpsWithSite() throws IOException {
        loggedIn("""
            SITE           => 501 .*
            SITE NOSUCH    => 504 .*
            SITE HELP      => 214-.*CHMOD mode path.*UTIME.*214 End\\.
            site help      => 214-.*
            SITE ZEROCOPY  => 200-.*\
            """);
    }

    @Test
    void tellsAdministratorsOnlyWhoIsThere() throws IOException {
        loggedInAs(Account.ALICE.named("admin"), "SITE WHO => 200-.* admin 127\\.0\\.0\\.1 since .*200 End\\.");
        loggedIn("SITE WHO => 550 .*");
    }

    @Test
    void preparesDataConnectionsAsConfigured() throws IOException {
        loggedIn("""
            EPSV      => 229 .*\\(\\|\\|\\|\\d+\\|\\).*
            EPSV 1    => 229 .*
            EPSV 2    => 522 .*\\(1\\).*
            EPSV 9    => 501 .*
            PASV      => 227 .*\\(127,0,0,1,\\d+,\\d+\\).*
            PORT 127,0,0,1,0,0 => 501 .*
            EPRT |1|localhost|4000| => 501 .*
            EPSV ALL  => 200 .*
            PASV      => 503 .*
            PORT 127,0,0,1,200,1 => 503 .*
            EPRT |1|127.0.0.1|51201| => 503 .*
            EPSV      => 229 .*
            ABOR      => 226 .*
            RETR fox  => 425 .*\
            """);
    }

    @Test
    void leadsIpv6ClientsToEpsv() throws IOException {
        try (ControlClient client = ControlClient.login(server.listener(Way.Family.IPV6), Account.ALICE)) {
            Dialogue.hold(client, """
                PASV   => 425 .*EPSV.*
                EPSV   => 229 .*
                EPSV 2 => 229 .*
                EPSV 1 => 522 .*\\(2\\).*\
                """);
        }
    }

    @Test
    void takesNamesOfBytesThatAreNotUtf8() throws IOException {
        byte[] name = {'g', 'r', (byte) 0xfc, 'n'};
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.sendBytes(line("MKD ", name));
            Reply made = client.expectReply(257);
            assertThat(made.text()).startsWith("257 \"/gr\u00fcn\" "); // the reader takes a byte for a character
            client.sendBytes(line("CWD ", name));
            client.expectReply(250);
            client.expect(250, "CDUP");
            client.expect(550, "RMD gr\u00fcn"); // in UTF-8 it is another name
            client.sendBytes(line("RMD ", name));
            client.expectReply(250);
        }
    }

    private static byte[] line(String verb, byte[] name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(verb.getBytes(StandardCharsets.US_ASCII));
        bytes.write(name);
        bytes.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    @Test
    void takesNamesInUtf8() throws IOException {
        Path directory = server.home().resolve("gr\u00fcn \u20ac");
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(257, "MKD gr\u00fcn \u20ac");
            assertThat(directory).isDirectory();
            client.expect(250, "RMD gr\u00fcn \u20ac");
        }
        assertThat(directory).doesNotExist();
    }
}
