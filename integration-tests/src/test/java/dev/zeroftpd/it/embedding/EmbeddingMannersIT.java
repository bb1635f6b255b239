package dev.zeroftpd.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.EmbeddedServer;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.ServerKeystore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of an embedded Apache FtpServer know, and get from ours too. */
class EmbeddingMannersIT {

    @TempDir
    Path home;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(home.resolve("fox"), "The quick brown fox jumps over the lazy dog");
        Files.writeString(home.resolve("two words"), "");
    }

    private EmbeddedServer start(Consumer<ListenerFactory> settings) throws Exception {
        return EmbeddedServer.start(Account.ALICE, home.toString(), factory -> listen(factory, settings));
    }

    private static void listen(FtpServerFactory factory, Consumer<ListenerFactory> settings) {
        ListenerFactory listener = new ListenerFactory(factory.getListener("default"));
        settings.accept(listener);
        factory.addListener("default", listener.createListener());
    }

    private void useTls(ListenerFactory listener) {
        SslConfigurationFactory tls = new SslConfigurationFactory();
        tls.setKeystoreFile(folder.resolve("server.p12").toFile());
        tls.setKeystorePassword(ServerKeystore.PASSWORD);
        tls.setKeystoreType("PKCS12");
        tls.setSslProtocol("TLSv1.3", "TLSv1.2");
        listener.setSslConfiguration(tls.createSslConfiguration());
    }

    private static void passive(ListenerFactory listener, Consumer<DataConnectionConfigurationFactory> settings) {
        DataConnectionConfigurationFactory connections = new DataConnectionConfigurationFactory();
        settings.accept(connections);
        listener.setDataConnectionConfiguration(connections.createDataConnectionConfiguration());
    }

    @Test
    void announcesThePassiveAddressThatItListensOn() throws Exception {
        try (EmbeddedServer server = start(
                        listener -> passive(listener, connections -> connections.setPassiveAddress("127.0.0.2")));
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            InetSocketAddress announced = client.passive();
            assertThat(announced.getHostString()).isEqualTo("127.0.0.2");
            try (DataClient data = DataClient.connect(announced)) {
                client.expect(150, "RETR fox");
                assertThat(data.drain()).isEqualTo(43);
            }
            client.expectReply(226);
        }
    }

    @Test
    void announcesTheExternalAddressWhereverItListens() throws Exception {
        try (EmbeddedServer server = start(listener -> passive(listener, connections -> {
                    connections.setPassiveAddress("127.0.0.2");
                    connections.setPassiveExternalAddress("192.0.2.1");
                }));
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(client.passive().getHostString()).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void announcesWhereTheClientCameToIfItListensEverywhere() throws Exception {
        try (EmbeddedServer server =
                        start(listener -> passive(listener, connections -> connections.setPassiveAddress("0.0.0.0")));
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(client.passive().getHostString()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void answersMd5AndMmd5() throws Exception {
        try (EmbeddedServer server = start(_ -> {});
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                MD5 fox            => 251 fox 9E107D9D372BB6826BD81D3542A419D6
                MD5 two words      => 251 "two words" D41D8CD98F00B204E9800998ECF8427E
                MMD5 fox,two words => 252 fox 9E107D9D372BB6826BD81D3542A419D6, "two words" D41D8CD98F00B204E9800998ECF8427E
                MD5                => 504 .*
                MD5 none           => 504 .*
                MMD5 fox,none      => 504 .*
                XMD5 fox           => 251 fox 9E107D9D372BB6826BD81D3542A419D6
                FEAT               => 211-.* MD5\\n MMD5\\n.*\
                """);
        }
    }

    @Test
    void answersWithTheCodesOfApacheFtpServer() throws Exception {
        Files.createDirectories(home.resolve("dir").resolve("sub"));
        Files.createDirectory(home.resolve("empty"));
        try (EmbeddedServer server = start(_ -> {});
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                FOO                     => 502 .*
                HELP FOO                => 214 .*
                USER alice              => 230 .*
                USER bob                => 530 .*
                USER                    => 501 .*
                MDTM fox                => 213 \\d{14}\\.\\d{3}
                RETR none               => 550 .*
                RETR dir                => 550 .*
                RETR fox                => 425 .*
                LIST none               => 450 .*
                LIST dir                => 425 .*
                LIST fo*                => 425 .*
                STAT none               => 450 .*
                MFMT 20200101000000 dir => 501 .*
                MFMT 20200101000000 fox => 213 .*
                CWD empty               => 250 .*
                RMD .                   => 450 .*
                RMD /empty              => 450 .*
                CDUP                    => 250 .*
                RMD empty               => 250 .*
                RMD dir                 => 450 .*
                DELE none               => 450 .*
                RNFR fox                => 350 .*
                RNTO none/such          => 553 .*
                SITE HELP               => 200-.*
                SITE FOO                => 502 .*
                SITE WHO                => 530 .*
                EPSV                    => 229 .*
                STOR none/such          => 553 .*
                EPSV                    => 229 .*
                NLST none               => 450 .*\
                """);
        }
    }

    @Test
    void namesTheUniqueFileInTheLastReplyToo() throws Exception {
        try (EmbeddedServer server = start(_ -> {});
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            try (DataClient data = DataClient.connect(client.passive())) {
                client.expect(150, "STOU");
                data.output().write(1);
            }
            assertThat(client.expectReply(226).text()).startsWith("226 /ftp.dat: ");
        }
    }

    @Test
    void refusesPortWhereItIsSwitchedOffAsApacheFtpServerDoes() throws Exception {
        try (EmbeddedServer server =
                        start(listener -> passive(listener, connections -> connections.setActiveEnabled(false)));
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            client.expect(501, "PORT 127,0,0,1,100,0");
        }
    }

    @Test
    void protectsDataConnectionsWithoutPbsz() throws Exception {
        ServerKeystore.make(folder);
        try (EmbeddedServer server = start(this::useTls);
                ControlClient client = ControlClient.connect(server.address())) {
            client.expect(503, "PROT P");
            client.expect(234, "AUTH TLS");
            client.protect();
            client.expect(331, "USER alice");
            client.expect(230, "PASS wonderland");
            client.expect(200, "PROT P");
            client.expect(200, "PROT C");
        }
    }

    @Test
    void refusesTheLastFailedLoginLikeThoseBeforeItAndCloses() throws Exception {
        ConnectionConfigFactory logins = new ConnectionConfigFactory();
        logins.setMaxLoginFailures(2);
        logins.setLoginFailureDelay(0);
        try (EmbeddedServer server = EmbeddedServer.start(
                        Account.ALICE,
                        home.toString(),
                        factory -> factory.setConnectionConfig(logins.createConnectionConfig()));
                ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, """
                USER alice => 331 .*
                PASS wrong => 530 .*
                USER alice => 331 .*
                PASS wrong => 530 .*\
                """);
            assertThat(client.isEndedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_ftp_server", "ftp.example.com.", "[::1]", "-x"})
    void servesClientsThatAskForAnIllegalServerName(String name) throws Exception {
        ServerKeystore.make(folder);
        try (EmbeddedServer server = start(this::useTls)) {
            for (String protocol : new String[] {"-tls1_2", "-tls1_3"}) {
                assertThat(OpensslClient.explicit(folder, server.address(), protocol, "-servername", name))
                        .containsPattern("Cipher is (ECDHE|TLS_)");
            }
        }
        try (EmbeddedServer server = start(listener -> {
            useTls(listener);
            listener.setImplicitSsl(true);
        })) {
            assertThat(OpensslClient.implicit(folder, server.address(), "-servername", name))
                    .containsPattern("Cipher is (ECDHE|TLS_)");
        }
    }
}
