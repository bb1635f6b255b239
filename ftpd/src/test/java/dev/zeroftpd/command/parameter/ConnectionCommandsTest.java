package dev.zeroftpd.command.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.command.directory.StatListing;
import dev.zeroftpd.command.session.QuitCommand;
import dev.zeroftpd.control.TestClient;
import dev.zeroftpd.control.TestServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** PASV, EPSV, PORT, EPRT and QUIT, with the stock RETR to use what they have prepared. */
class ConnectionCommandsTest {
    private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");

    @TempDir
    Path home;

    private final TestServer.Options options = new TestServer.Options()
            .command("PASV", new PassiveCommand())
            .command("EPSV", new ExtendedPassiveCommand())
            .command("PORT", ActiveCommand.port())
            .command("EPRT", ActiveCommand.extendedPort())
            .command("QUIT", new QuitCommand());

    @ParameterizedTest
    @ValueSource(strings = {"EPSV", "EPSV 1"})
    void listensAtThePortThatEpsvTells(String command) throws Exception {
        Files.writeString(home.resolve("a"), "text");
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send(command);
            Matcher matcher = EXTENDED.matcher(client.expect(229));
            assertThat(matcher.find()).isTrue();
            try (Socket data = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1)))) {
                client.send("RETR a");
                client.expect(150, 226);
                assertThat(new String(data.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("text");
            }
        }
    }

    @Test
    void statStopsLookingWhenItTakesTooLong() throws Exception {
        Files.createDirectories(home.resolve("a/b/c/d/e"));
        AtomicInteger seconds = new AtomicInteger();
        LongSupplier hurrying = () -> TimeUnit.SECONDS.toNanos(seconds.getAndIncrement());
        options.command("STAT", new StatListing(InstantSource.system(), hurrying));
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("STAT */*/*/*/*/nothing");
            assertThat(client.expect(212)).contains("There is more: use LIST.");
        }
    }

    @Test
    void listensAtTheAddressThatPasvTells() throws Exception {
        Files.writeString(home.resolve("a"), "text");
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login();
                Socket data = new Socket(
                        InetAddress.getLoopbackAddress(), client.passive().getPort())) {
            client.send("RETR a");
            client.expect(150, 226);
            assertThat(data.getInputStream().readAllBytes()).hasSize(4);
        }
    }

    @Test
    void refusesOtherNetworkProtocolsAndNonsense() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("EPSV 2", "EPSV 3", "EPSV x", "NOOP");
            client.expect(522, 501, 501, 200);
        }
    }

    @Test
    void setsUpNothingButEpsvAfterEpsvAll() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("EPSV ALL", "PASV", "PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|", "EPSV");
            client.expect(200, 503, 503, 503, 229);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|", "EPRT !1!127.0.0.1!51201!"})
    void takesTheClientsOwnAddress(String command) throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send(command);
            client.expect(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT 127,0,0,2,200,1",
                "PORT 127,0,0,1,0,80",
                "EPRT |1|10.0.0.1|51201|",
                "EPRT |1|127.0.0.1|1023|",
                "EPRT |2|::1|51201|",
                "EPRT |2|::|51201|"
            })
    void refusesAddressesOfOthersAndPrivilegedPorts(String command) throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send(command, "RETR a");
            client.expect(504);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT",
                "PORT 127,0,0,1,200",
                "PORT 127,0,0,1,200,256",
                "PORT 127,0,0,1,0,0",
                "EPRT |1|localhost|51201|",
                "EPRT |2|127.0.0.1|51201|",
                "EPRT |1|127.0.0.1|65536|",
                "EPRT |1|127.0.0.1|51201"
            })
    void refusesWhatIsNoAddress(String command) throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send(command, "NOOP");
            client.expect(501, 200);
        }
    }

    @Test
    void saysGoodbyeAndRunsNothingAfterQuit() throws Exception {
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("QUIT", "NOOP");
            client.expect(221);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASV", "EPSV"})
    void tellsNoAddressOfThisMachineWhereNoPortIsFree(String command) throws Exception {
        DataConnectionConfigurationFactory strange = new DataConnectionConfigurationFactory();
        strange.setPassiveAddress("192.0.2.77"); // of TEST-NET-1 (RFC 5737), which no machine has
        options.data(strange.createDataConnectionConfiguration());
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PassiveRefusals.class);
        logger.addAppender(log);
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send(command);
            assertThat(client.expect(425))
                    .isEqualTo("425 The server can't listen for a data connection now, see its log; try again later.");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        line -> assertThat(line.getFormattedMessage()).contains("(Cannot assign requested address)"));
    }
}
