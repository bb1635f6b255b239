package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names of files as bytes: UTF-8, other bytes, quotation marks, blanks (RFC 2640, RFC 959, appendix II). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesIT {

    private static final String TEXT = "The quick brown fox jumps over the lazy dog";

    @RegisterExtension
    private final RunningServer server =
            RunningServer.standard().withFile("fox", TEXT).withDirectory("folder");

    @Test
    void doublesQuotesInRepliesAndTakesBackslashesAsTheyAre() throws IOException {
        Dialogue.loggedIn(server, """
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

    /** What an old server or client with Latin-1 left: listed, fetched, changed and removed by the bytes it was told as. */
    @Test
    void takesNamesOfBytesThatAreNotUtf8() throws IOException {
        byte[] name = {'g', 'r', (byte) 0xfc, 'n'};
        String shown = "gr\u00fcn"; // the reader of replies takes a byte for a character
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            store(client, name);
            assertThat(bytes(DataClient.received(client, "NLST"))).contains("\r\n" + shown + "\r\n");
            assertThat(bytes(DataClient.received(client, "LIST"))).contains(" " + shown + "\r\n");
            assertThat(bytes(DataClient.received(client, "MLSD"))).contains("; " + shown + "\r\n");
            assertThat(reply(client, "MLST ", name, 250)).contains("; /" + shown + "\n");
            reply(client, "SIZE ", name, 213);
            reply(client, "MDTM ", name, 213);
            client.expect(550, "SIZE " + shown); // in UTF-8 it is another name
            reply(client, "RNFR ", name, 350);
            reply(client, "RNTO ", new byte[] {(byte) 0x80, (byte) 0xfe}, 250);
            reply(client, "DELE ", new byte[] {(byte) 0x80, (byte) 0xfe}, 250);
            assertThat(reply(client, "MKD ", name, 257)).startsWith("257 \"/" + shown + "\" ");
            reply(client, "CWD ", name, 250);
            assertThat(client.expect(257, "PWD").text()).startsWith("257 \"/" + shown + "\" ");
            client.expect(250, "CDUP");
            reply(client, "RMD ", name, 250);
        }
    }

    /** In Telnet 255 is IAC: doubled it is itself, on the control connection, both ways. */
    @Test
    void doublesTheByte255OnTheControlConnectionOnly() throws IOException {
        byte[] doubled = {'a', (byte) 0xff, (byte) 0xff, 'b'};
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(reply(client, "MKD ", doubled, 257)).startsWith("257 \"/a\u00ff\u00ffb\" ");
            assertThat(bytes(DataClient.received(client, "NLST -d a*"))).isEqualTo("a\u00ffb\r\n");
            reply(client, "CWD ", doubled, 250);
            reply(client, "RMD /", doubled, 250);
        }
    }

    private static void store(ControlClient client, byte[] name) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            reply(client, "STOR ", name, 150);
            data.output().write('x');
        }
        client.expectReply(226);
    }

    private static String reply(ControlClient client, String verb, byte[] name, int code) throws IOException {
        client.sendBytes(line(verb, name));
        return client.expectReply(code).text();
    }

    private static String bytes(byte[] received) {
        return new String(received, StandardCharsets.ISO_8859_1);
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

    @Test
    void keepsBlanksAtBothEndsAndOddCharactersOfNames() throws IOException {
        for (String name : List.of(" before", "behind ", "two  blanks", "-rf", "*", "[a]", "~", "%s", "a;b", "\\\\")) {
            try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
                client.expect(257, "MKD " + name);
                assertThat(server.home().resolve(name)).isDirectory();
                client.expect(250, "CWD " + name);
                assertThat(client.expect(257, "PWD").text()).startsWith("257 \"/" + name + "\" ");
                client.expect(250, "RMD /" + name);
            }
        }
    }

    @Test
    void refusesNamesThatCouldForgeALine() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(550, "MKD a\rb");
            client.expect(501, "MKD a\r\0b");
            client.expect(200, "NOOP");
        }
    }
}
