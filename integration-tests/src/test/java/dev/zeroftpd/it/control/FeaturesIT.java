package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells about itself and its sessions: FEAT, OPTS, SYST, HELP, STAT, LANG, SITE HELP (RFC 2389, RFC 2640). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeaturesIT {

    private static final Account ROOT = Account.ALICE.named("chief").asAdministrator();

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server =
            RunningServer.with(ServerOptions.standard().with(ROOT).with(Account.ALICE.named("admin")));

    @BeforeAll
    void writeFiles() throws IOException {
        Files.writeString(server.home().resolve("fox"), TEXT);
        Files.createDirectory(server.home().resolve("folder"));
    }

    @Test
    void answersWhatIsAboutTheServerBeforeLogin() throws IOException {
        Dialogue.beforeLogin(server, """
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
            OPTS UTF8 MAYBE  => 504 .*
            OPTS HASH MD4    => 501 .*
            OPTS             => 501 .*
            OPTS NOSUCH      => 501 .*
            CLNT some client => 200 .*
            CSID Name=x;     => 200 Name=ZeroFTPd;.*
            ACCT me          => 202 .*
            PWD              => 530 .*
            CWD /            => 530 .*
            RETR fox         => 530 .*
            SITE HELP        => 530 .*
            NOSUCH           => 500 .*
            MAIL             => 500 .*
            SMNT /           => 530 .*
            QUIT             => 221 .*\
            """);
    }

    @Test
    void listsTheFeaturesThatItHasAndNoTlsWithoutCertificate() throws IOException {
        try (ControlClient client = ControlClient.connect(server.address())) {
            Reply features = client.expect(211, "FEAT");

            assertThat(features.lines())
                    .contains(
                            " EPRT",
                            " EPSV",
                            " SIZE",
                            " MDTM",
                            " REST STREAM",
                            " RANG STREAM",
                            " TVFS",
                            " UTF8",
                            " LANG EN*")
                    .contains(" MFMT", " MFF Modify;UNIX.mode;", " HOST", " CLNT", " CSID", " AVBL")
                    .contains(" HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32")
                    .doesNotContain(" AUTH TLS", " PBSZ", " PROT");
            assertThat(features.text()).contains("\n MLST type*;size*;modify*;");
            assertThat(features.lines().subList(1, features.lines().size() - 1)).allMatch(line -> line.startsWith(" "));
        }
    }

    @Test
    void marksTheChosenFactsAndHashInFeat() throws IOException {
        Dialogue.beforeLogin(server, """
            OPTS MLST size;  => 200 MLST OPTS size;
            OPTS HASH md5    => 200 MD5
            FEAT             => .* HASH SHA-256;SHA-512;SHA-1;MD5\\*;CRC32\\n.*
            FEAT             => .* MLST type;size\\*;modify;.*\
            """);
    }

    @Test
    void speaksEnglishOnly() throws IOException {
        Dialogue.beforeLogin(server, """
            LANG       => 200 .*
            LANG EN    => 200 .*
            LANG en-GB => 200 .*
            LANG fr    => 504 .*
            LANG ?     => 501 .*
            LANG en;fr => 501 .*
            FEAT       => .* LANG EN\\*\\n.*\
            """);
    }

    @Test
    void helpsWithSite() throws IOException {
        Dialogue.loggedIn(server, """
            SITE           => 501 .*
            SITE NOSUCH    => 504 .*
            SITE HELP      => 214-.*CHMOD mode path.*UTIME.*214 End\\.
            HELP SITE      => 214-.*CHMOD mode path.*UTIME.*214 End\\.
            HELP OPTS      => 214-.*HASH \\[algorithm\\].*MLST \\[facts\\].*214 End\\.
            site help      => 214-.*
            SITE ZEROCOPY  => 200-.*\
            """);
    }

    @Test
    void tellsAdministratorsOnlyWhoIsThere() throws IOException {
        Dialogue.loggedIn(server, ROOT, "SITE WHO => 200-.* chief 127\\.0\\.0\\.1 since .*200 End\\.");
        Dialogue.loggedIn(server, "SITE WHO => 550 .*");
    }

    @Test
    void givesTheNameOfAdminNoRights() throws IOException {
        Dialogue.loggedIn(server, Account.ALICE.named("admin"), """
            SITE WHO            => 550 .*
            SITE STAT           => 530 .*
            SITE DESCUSER alice => 530 .*\
            """);
    }

    @Test
    void protectsNothingWithoutACertificate() throws IOException {
        Dialogue.beforeLogin(server, """
            PBSZ 0   => 503 .*
            PROT P   => 503 .*
            AUTH TLS => 431 .*
            AUTH X   => 504 .*
            AUTH     => 501 .*
            CCC      => 534 .*\
            """);
    }

    @Test
    void saysWhyItRefusesWhatStandardsHave() throws IOException {
        Dialogue.loggedIn(server, """
            SMNT /dev/sda                 => 502 There is nothing to mount\\.
            MFCT 20020717210715 fox       => 502 .*creation time.*
            MMD5 fox                      => 502 Use HASH instead\\.
            ADAT x                        => 502 .*TLS.*
            MIC x                         => 502 .*TLS.*
            CONF x                        => 502 .*TLS.*
            ENC x                         => 502 .*TLS.*
            LPRT 4,4,127,0,0,1,2,200,1    => 502 Use EPRT instead\\.
            LPSV                          => 502 Use EPSV instead\\.
            HELP SMNT                     => 214 Not offered: There is nothing to mount\\.
            XSEM alice                    => 500 .*
            X                             => 500 .*\
            """);
    }

    /** Each verb in a session of its own, because some end the login and some prepare a data connection. */
    @Test
    void knowsEveryCommandThatHelpLists() throws IOException {
        List<String> lines;
        try (ControlClient client = ControlClient.connect(server.address())) {
            lines = client.expect(214, "HELP").lines();
        }
        List<String> verbs = lines.subList(1, lines.size() - 1).stream()
                .flatMap(line -> Stream.of(line.strip().split(" ")))
                .toList();
        assertThat(verbs).hasSizeGreaterThan(60).contains("XCUP", "HASH", "EPSV");
        for (String verb : verbs) {
            try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
                assertThat(client.command(verb).code()).as(verb).isNotIn(500, 502);
                assertThat(client.command("HELP " + verb).code())
                        .as("HELP " + verb)
                        .isIn(214, 421);
            } catch (IOException ended) {
                assertThat(verb).isEqualTo("QUIT");
            }
        }
    }

    @Test
    void knowsEveryCommandThatSiteHelpLists() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), ROOT)) {
            List<String> lines = client.expect(214, "SITE HELP").lines();
            for (String line : lines.subList(1, lines.size() - 1)) {
                String verb = line.strip().split(" ", 2)[0];
                assertThat(client.command("SITE " + verb).code()).as(line).isNotIn(500, 502, 504);
            }
        }
    }

    @Test
    void tellsAdministratorsAboutAccountsAndTotals() throws IOException {
        Dialogue.loggedIn(server, ROOT, """
            SITE DESCUSER alice => 200-.*userid +: alice.*
            SITE STAT           => 200-.*File Download Number.*\
            """);
        Dialogue.loggedIn(server, """
            SITE DESCUSER admin => 530 .*
            SITE STAT           => 530 .*
            SITE ZONE           => 200 [+-]\\d{4}\
            """);
    }

    @Test
    void tellsTheSessionsParametersByStat() throws IOException {
        Dialogue.loggedIn(server, """
            MODE Z => 200 .*
            STAT   => 211-.*Logged in as alice.*Type image, structure file, mode deflate.*plain text.*No transfer.*211 .*\
            """);
    }

    @Test
    void offersNoActiveModeWhereItIsOff(@TempDir Path folder) throws IOException {
        try (ServerProcess passive =
                        ServerProcess.start(folder, ServerOptions.standard().with("active.enabled", "false"));
                ControlClient client = ControlClient.login(passive.address(), Account.ALICE)) {
            assertThat(client.expect(211, "FEAT").lines())
                    .doesNotContain(" EPRT")
                    .contains(" EPSV");
            client.expect(502, "EPRT |1|127.0.0.1|51201|");
            client.expect(502, "PORT 127,0,0,1,200,1");
        }
    }
}
