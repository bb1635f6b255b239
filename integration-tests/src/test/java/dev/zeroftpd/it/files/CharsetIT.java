package dev.zeroftpd.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners whose clients say names in another charset than UTF-8, with clients that do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CharsetIT {

    private static final String KOREAN = "한글.txt";
    private static final String KOREAN_LISTED = "%ED%95%9C%EA%B8%80.txt";

    /** An account that can only log in where name and password are taken for what they are: no escapes in passwords. */
    private static final Account RENEE = new Account("renée", "clé%E9", "home", true, 0, 0, 0, 0);

    /** The listeners, in the order in which the server names them. */
    enum Listener {
        LATIN_1(0, "ISO-8859-1", "été à la mer.txt"),
        GBK(1, "GBK", "乗る中文.txt"),
        SHIFT_JIS(2, "Shift_JIS", "表ソ能.txt"),
        UTF_8(3, "UTF-8", "été 中文.txt");

        private final int line;
        private final String charset;

        /** Where the charset has two bytes for a character, the second of one of them is a backslash's. */
        private final String name;

        Listener(int line, String charset, String name) {
            this.line = line;
            this.charset = charset;
            this.name = name;
        }

        String listed() {
            return this == UTF_8 ? KOREAN : KOREAN_LISTED;
        }
    }

    @RegisterExtension
    private final RunningServer server = RunningServer.with(ServerOptions.standard()
            .with("listener.charset", "ISO-8859-1")
            .with("listener.b-gbk.port", "0")
            .with("listener.b-gbk.charset", "gbk")
            .with("listener.c-sjis.port", "0")
            .with("listener.c-sjis.charset", "sjis")
            .with("listener.d-utf.port", "0")
            .with("listener.d-utf.charset", "UTF-8")
            .with(RENEE));

    private Path local;

    @BeforeAll
    void chooseFolder(@TempDir Path clients) {
        local = clients;
    }

    @AfterEach
    void leaveNothing() throws IOException {
        try (var files = Files.list(server.home())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private InetSocketAddress address(Listener listener) {
        return server.listeners().get(listener.line);
    }

    private ControlClient login(Listener listener) throws IOException {
        return ControlClient.login(address(listener), Account.ALICE);
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void ftplibUploadsListsDownloadsRenamesAndDeletesByTheNamesThatItIsTold(Listener listener) throws IOException {
        Files.writeString(server.home().resolve(KOREAN), "unsayable");
        new Program("python3", "the package python3")
                .run(
                        site(listener),
                        Checkout.ROOT
                                .resolve("integration-tests/src/test/clients/ftplib_charset.py")
                                .toString(),
                        "127.0.0.1",
                        Integer.toString(address(listener).getPort()),
                        Account.ALICE.name(),
                        Account.ALICE.password(),
                        listener.charset,
                        listener.name,
                        listener.listed());
        assertThat(server.home().resolve(listener.name)).hasContent("said by ftplib");
        assertThat(names()).containsExactly(listener.name);
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void commonsNetUploadsListsDownloadsRenamesAndDeletesByTheNamesThatItIsTold(Listener listener) throws IOException {
        Files.writeString(server.home().resolve(KOREAN), "unsayable");
        FTPClient client = new FTPClient();
        client.setControlEncoding(listener.charset);
        client.connect(address(listener).getAddress(), address(listener).getPort());
        assertThat(client.login(Account.ALICE.name(), Account.ALICE.password())).isTrue();
        client.enterLocalPassiveMode();
        assertThat(client.storeFile(listener.name, new ByteArrayInputStream(new byte[] {'x'})))
                .as(client.getReplyString())
                .isTrue();
        assertThat(client.listNames()).containsExactlyInAnyOrder(listener.name, listener.listed());
        assertThat(Arrays.stream(client.listFiles()).map(FTPFile::getName))
                .containsExactlyInAnyOrder(listener.name, listener.listed());
        assertThat(Arrays.stream(client.mlistDir()).map(FTPFile::getName)).contains(listener.name, listener.listed());
        assertThat(client.mlistFile(listener.listed()).getName()).isEqualTo("/" + listener.listed());
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        assertThat(client.retrieveFile(listener.listed(), content)).isTrue();
        assertThat(content.toString(StandardCharsets.UTF_8)).isEqualTo("unsayable");
        assertThat(client.rename(listener.listed(), "x" + listener.listed())).isTrue();
        assertThat(names()).containsExactlyInAnyOrder(listener.name, "x" + KOREAN);
        assertThat(client.deleteFile("x" + listener.listed())).isTrue();
        assertThat(client.deleteFile(listener.name)).isTrue();
        assertThat(names()).isEmpty();
        CommonsNet.logout(client);
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void lftpUploadsListsDownloadsRenamesAndDeletesByTheNamesThatItIsTold(Listener listener) throws IOException {
        Files.writeString(server.home().resolve(KOREAN), "unsayable");
        Files.writeString(local.resolve("upload"), "said by lftp");
        Files.deleteIfExists(local.resolve("download"));
        String listed = lftp(listener, """
            put upload -o "%1$s"; cls -1; get "%2$s" -o download; mv "%2$s" "%1$s.2"; mv "%1$s.2" "%2$s"; rm "%2$s"\
            """.formatted(listener.name, listener.listed()));
        assertThat(listed.lines()).containsExactlyInAnyOrder(listener.name, listener.listed());
        assertThat(local.resolve("download")).hasContent("unsayable");
        assertThat(server.home().resolve(listener.name)).hasContent("said by lftp");
        assertThat(names()).containsExactly(listener.name);
    }

    private String lftp(Listener listener, String commands) throws IOException {
        String script = "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 20; set ftp:ssl-allow no; set"
                + " ftp:charset " + listener.charset + "; open -u alice,wonderland -p "
                + address(listener).getPort() + " 127.0.0.1; " + commands + "; bye";
        return new Program("lftp", "the package lftp").run(site(listener), "--norc", "-c", script);
    }

    private Site site(Listener listener) {
        return new Site(
                address(listener),
                Way.Mode.PASSIVE,
                Site.Protection.CLEAR,
                false,
                Account.ALICE,
                local.resolve("none.pem"),
                local);
    }

    @Test
    void takesNameAndPasswordInTheListenersCharset() throws IOException {
        try (ControlClient client = ControlClient.connect(address(Listener.LATIN_1))) {
            assertThat(said(client, "USER renée", 331)).doesNotContain("%");
            said(client, "PASS clé%E9", 230);
        }
    }

    @Test
    void tellsNamesInEveryReplyInTheListenersCharset() throws IOException {
        try (ControlClient client = login(Listener.LATIN_1)) {
            assertThat(said(client, "MKD été", 257)).startsWith("257 \"/été\" ");
            said(client, "CWD été", 250);
            assertThat(said(client, "PWD", 257)).startsWith("257 \"/été\" ");
            assertThat(said(client, "MLST", 250)).contains("; /été\n");
            said(client, "CWD /", 250);
            assertThat(said(client, "STAT .", 212)).contains(" été\n");
            assertThat(said(client, "SIZE été", 550)).contains("/été");
            assertThat(said(client, "RMD été", 250)).contains("/été");
        }
    }

    /** It is ÿ, and Telnet's IAC: doubled on the control connection (RFC 854); many clients don't, and are understood. */
    @Test
    void takesTheByte255DoubledOrNotAndTellsItDoubledOnTheControlConnectionOnly() throws IOException {
        try (ControlClient client = login(Listener.LATIN_1)) {
            assertThat(said(client, "MKD aÿÿb", 257)).startsWith("257 \"/aÿÿb\" ");
            assertThat(names()).containsExactly("aÿb");
            assertThat(new String(DataClient.received(client, "NLST"), StandardCharsets.ISO_8859_1))
                    .isEqualTo("aÿb\r\n");
            said(client, "RMD aÿb", 250);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void changesToUtf8AndBackFromTheNextCommandOnHoweverTheyAreSent() throws IOException {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        commands.writeBytes("OPTS UTF8 ON\r\nMKD é日\r\nPWD\r\nOPTS UTF8 OFF\r\n".getBytes(StandardCharsets.UTF_8));
        commands.writeBytes("RMD é%E6%97%A5\r\nOPTS UTF8 maybe\r\n".getBytes(StandardCharsets.ISO_8859_1));
        try (ControlClient client = login(Listener.LATIN_1)) {
            client.sendBytes(commands.toByteArray());
            assertThat(client.expectReply(200).text()).contains("UTF-8");
            String utf8 = new String("é日".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(client.expectReply(257).text()).startsWith("257 \"/" + utf8 + "\" ");
            client.expectReply(257);
            assertThat(client.expectReply(200).text()).contains("ISO-8859-1");
            assertThat(client.expectReply(250).text()).contains("/é%E6%97%A5");
            client.expectReply(501);
        }
    }

    @Test
    void offersUtf8ToThoseWhoMaySendItWithoutAskingAndReinEndsIt() throws IOException {
        try (ControlClient client = login(Listener.GBK)) {
            assertThat(said(client, "FEAT", 211)).doesNotContain("UTF8");
            said(client, "OPTS UTF8 ON", 200);
            assertThat(said(client, "FEAT", 211)).contains(" UTF8\n");
            said(client, "REIN", 220);
            assertThat(said(client, "FEAT", 211)).doesNotContain("UTF8");
        }
        try (ControlClient client = login(Listener.UTF_8)) {
            assertThat(said(client, "FEAT", 211)).contains(" UTF8\n");
            said(client, "OPTS UTF8 OFF", 504);
        }
    }

    /** Sends a line in Latin-1 and reads the reply in it. */
    private static String said(ControlClient client, String line, int code) throws IOException {
        client.sendBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return client.expectReply(code).text();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(server.home())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void refusesToStartWithACharsetThatHasNoAscii(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ftpd.properties"), "listener.charset=UTF-16\n");
        Command ran = Command.run(
                folder,
                Checkout.JAVA.toString(),
                "-cp",
                Checkout.JAR.toString(),
                "dev.zeroftpd.cli.Main",
                "check",
                "--config",
                file.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.errors()).contains(file + ":1: listener.charset=UTF-16 has not all of ASCII in it");
    }
}
