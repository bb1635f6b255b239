package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TYPE, STRU, MODE, REST and ALLO (RFC 959, section 4.1.2; RFC 3659, section 5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferParametersIT {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server =
            RunningServer.standard().withFile("fox", TEXT).withDirectory("folder");

    @Test
    void takesTypesByTheirWholeName() throws IOException {
        Dialogue.loggedIn(server, """
            TYPE A    => 200 .*
            TYPE A N  => 200 .*
            TYPE a    => 200 .*
            TYPE I    => 200 .*
            TYPE L 8  => 200 .*
            TYPE      => 501 .*
            TYPE AX   => 504 .*
            TYPE A T  => 200 .*
            TYPE A C  => 504 .*
            TYPE L8   => 504 .*
            TYPE E    => 504 .*
            TYPE L 7  => 504 .*
            TYPE IMAGE => 504 .*\
            """);
    }

    @Test
    void takesStructuresAndModesByTheirWholeName() throws IOException {
        Dialogue.loggedIn(server, """
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
        Dialogue.loggedIn(server, """
            OPTS MODE Z LEVEL 9  => 200 .*
            OPTS MODE Z LEVEL 0  => 200 .*
            OPTS MODE Z LEVEL 10 => 501 .*
            OPTS MODE Z          => 501 .*\
            """);
    }

    @Test
    void needsNeitherAllocationNorAccount() throws IOException {
        Dialogue.loggedIn(server, """
            ALLO 1000     => 200 .*
            ALLO 999999999999999999 => 452 Only \\d+ bytes are left\\.
            ALLO 1 R 80   => 200 .*
            ALLO much     => 501 .*
            ALLO          => 501 .*
            ALLO 1 R      => 501 .*
            ACCT          => 202 .*\
            """);
    }

    @Test
    void checksTheOffsetOfRest() throws IOException {
        Dialogue.loggedIn(server, """
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
            assertThat(DataClient.received(client, "RETR fox")).asString().isEqualTo(TEXT.substring(40));
            assertThat(DataClient.received(client, "RETR fox")).asString().isEqualTo(TEXT);
        }
    }

    @Test
    void beginsWithTheDefaultsOfTheStandard() throws IOException {
        Dialogue.beforeLogin(server, """
            USER alice      => 331 .*
            PASS wonderland => 230 .*
            STAT            => 211-.*Type ASCII, structure file, mode stream.*\
            """);
    }

    @Test
    void sendsAndStoresLinesInTypeA() throws IOException {
        Files.writeString(server.home().resolve("lines"), "one\ntwo\n");
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(200, "TYPE A");
            byte[] onTheWay = DataClient.received(client, "RETR lines");
            assertThat(onTheWay).asString().isEqualTo("one\r\ntwo\r\n");

            assertThat(DataClient.sent(client, "STOR copy", onTheWay).code()).isEqualTo(226);
            assertThat(server.home().resolve("copy")).hasContent("one\ntwo\n");
        }
    }
}
