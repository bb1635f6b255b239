package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Command lines as clients write them, well or badly: case, blanks, line ends, Telnet, missing arguments (RFC 959, 5.3). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinesIT {

    /** The longest line that is taken: 8,192 bytes with its CR. */
    private static final int LONGEST = 8191;

    @RegisterExtension
    private final RunningServer server = RunningServer.standard();

    @BeforeAll
    void writeFiles() throws IOException {
        Files.writeString(server.home().resolve("fox"), "x");
    }

    @Test
    void takesVerbsAndKeywordsInAnyCase() throws IOException {
        Dialogue.beforeLogin(server, """
            user alice      => 331 .*
            pAsS wonderland => 230 .*
            type l 8        => 200 .*
            mode s          => 200 .*
            stru f          => 200 .*
            epsv all        => 200 .*
            opts utf8 on    => 200 .*
            opts hash md5   => 200 MD5
            site help       => 214-.*
            size fox        => 213 1
            size FOX        => 550 .*\
            """);
    }

    @Test
    void asksForArgumentsThatAreMissing() throws IOException {
        for (String verb : List.of(
                "APPE",
                "CWD",
                "DELE",
                "EPRT",
                "HASH",
                "MDTM",
                "MFF",
                "MFMT",
                "MKD",
                "MODE",
                "OPTS",
                "PORT",
                "RANG",
                "REST",
                "RETR",
                "RMD",
                "RNFR",
                "RNTO",
                "SITE",
                "SITE CHMOD",
                "SITE UTIME",
                "SIZE",
                "STOR",
                "STRU",
                "TYPE",
                "USER",
                "XCRC",
                "ALLO",
                "AUTH")) {
            Dialogue.loggedIn(server, verb + " => 501 .*\n" + "NOOP => 200 .*");
            try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
                client.expect(501, verb + " ");
            }
        }
    }

    @Test
    void overlooksArgumentsWhereNoneBelong() throws IOException {
        Dialogue.loggedIn(server, """
            PWD x  => 257 .*
            NOOP x => 200 .*
            SYST x => 215 .*
            CDUP x => 250 .*
            FEAT x => 211-.*
            PASV x => 227 .*
            ABOR x => 226 .*
            QUIT x => 221 .*\
            """);
    }

    @Test
    void overlooksBlanksAroundWhatIsNoName() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String line :
                    List.of("TYPE I ", "TYPE  I", "MODE S ", "STRU  F", "EPSV 1 ", "OPTS HASH  MD5 ", "NOOP ")) {
                assertThat(client.command(line).code()).as(line).isBetween(200, 229);
            }
            client.expect(350, "REST 5 ");
            client.expect(550, "SIZE fox ");
        }
    }

    @Test
    void refusesLinesThatBeginWithNoVerb() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String line : List.of("", " ", " NOOP", "\tNOOP", "NOOP\tx", "NO\rOP", "\u0001", "\u00dcBER", "?")) {
                client.expect(500, line);
            }
            client.expect(501, "NOOP\0");
            client.expect(200, "NOOP");
        }
    }

    @Test
    void endsLinesAtCrlfAndAtLf() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.sendBytes(ascii("NOOP\nPWD\r\nSYST\n"));
            client.expectReply(200);
            client.expectReply(257);
            client.expectReply(215);
        }
    }

    @Test
    void takesTheLongestLineAndRefusesALongerOne() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(550, "SIZE " + "a".repeat(LONGEST - "SIZE ".length()));
            client.expect(500, "SIZE " + "a".repeat(LONGEST + 1 - "SIZE ".length()));
            client.expect(200, "NOOP");
        }
    }

    @Test
    void takesTelnetSequencesOutOfLines() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            for (String line : List.of(
                    "\u00ff\u00f4\u00ff\u00f2NOOP", // interrupt process, data mark
                    "\u00ff\u00f1NO\u00ff\u00f1OP", // no operation
                    "\u00ff\u00fd\u0006NOOP", // do timing mark
                    "\u00ff\u00fb\u0018NOOP")) { // will terminal type
                client.sendBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                client.expectReply(200);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
