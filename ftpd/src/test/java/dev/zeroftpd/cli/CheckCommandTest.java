package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.os.SystemCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ftpd check} says of configurations that mislead. */
final class CheckCommandTest {

    private static final String ANN =
            "ftpserver.user.ann.homedirectory=files\nftpserver.user.ann.userpassword={CLEAR}x\n";

    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("files"));
        Files.writeString(home.resolve("users.properties"), ANN);
        settings("listener.port=0\n");
    }

    @Test
    void saysNothingOfWhatIsFine() {
        assertThat(check()).isZero();
        assertThat(check("--strict")).isZero();
        assertThat(err()).doesNotContain(home.resolve("config").toString(), "users.properties");
    }

    @Test
    void refusesACertificateThatAStartWouldRefuse() throws IOException {
        Files.writeString(home.resolve("config/garbage"), "no certificate");
        settings("listener.tls=explicit\ntls.keystore=garbage\ntls.keystore-password=x\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err()).contains("garbage: is no keystore, or a damaged one").doesNotContain("null", "Exception");

        settings("listener.tls=explicit\ntls.certificate=garbage\ntls.private-key=garbage\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err()).contains("garbage: contains no certificate");
    }

    @Test
    void warnsOfWhatTheMachineDoesNotHaveAndRefusesItIfStrict() throws IOException {
        settings("listener.address=203.0.113.77\n");
        assertThat(check()).isZero();
        assertThat(err()).contains("warning: 203.0.113.77 is no address of this machine");
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(err()).contains("error: ", "listener.address=203.0.113.77 is no address of this machine");

        settings("listener.address=no-such-host.invalid\npassive.address=no-such-host.invalid\n");
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(err())
                .contains("listener.address=no-such-host.invalid is no host that this machine knows")
                .contains("warning: passive.address=no-such-host.invalid is no host");
    }

    @Test
    void warnsOfMetricsThatNobodyCanReadAndOfATokenInClear() throws IOException {
        Path token = Files.writeString(home.resolve("config/token"), "0123456789abcdef\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        settings("listener.port=0\nadmin.http=0.0.0.0:0\nadmin.metrics-token-file=token\n");
        assertThat(check()).isZero();
        assertThat(err())
                .contains("warning: admin.http=0.0.0.0:0 can be reached from other machines, but admin.allow-from lets"
                        + " only this one ask: add the addresses of those that scrape and probe")
                .contains("takes the token of admin.metrics-token-file in clear: set admin.tls=on")
                .contains(token + " holds a secret and may be read by all (mode 644): chmod o-r " + token);

        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        settings("listener.port=0\nadmin.http=127.0.0.1:0\nadmin.metrics-token-file=token\n");
        err.reset();
        assertThat(check("--strict")).isZero();
        assertThat(err()).doesNotContain("admin.", "token");
    }

    @Test
    void refusesAFileWithoutATokenAndAnAdminPortInUse() throws IOException {
        Path token = Files.writeString(home.resolve("config/token"), "short\n");
        settings("listener.port=0\nadmin.http=127.0.0.1:0\nadmin.metrics-token-file=token\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err())
                .contains("config/ftpd.properties:3: " + token + " holds no token of 16 or more letters, digits and"
                        + " signs; make one with: openssl rand -hex 32 > " + token);

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            settings("listener.port=0\nadmin.http=127.0.0.1:" + port + "\n");
            assertThat(check()).isZero();
            assertThat(err()).contains("warning: port " + port + " is in use by ");
            assertThat(check("--strict")).isEqualTo(2);
            assertThat(err())
                    .contains("127.0.0.1:" + port + " is in use by ")
                    .contains("choose another port with admin.http or --set admin.http=ADDRESS:PORT");
        }
        settings("listener.port=0\nadmin.http=203.0.113.77:0\n");
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(err()).contains("admin.http=203.0.113.77:0 is no address of this machine");
    }

    @Test
    void warnsOfAPortInUseAndRefusesItIfStrict() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings("listener.address=127.0.0.1\nlistener.port=" + taken.getLocalPort() + "\n");
            assertThat(check()).isZero();
            assertThat(err()).contains("warning: port " + taken.getLocalPort() + " is in use by ");
            assertThat(check("--strict")).isEqualTo(2);
        }
    }

    @Test
    void warnsOfDoubtfulPassivePorts() throws IOException {
        settings("passive.ports=1000-1004\nlistener.port=1003\n");
        assertThat(check()).isZero();
        assertThat(err())
                .contains("passive.ports=1000-1004 has privileged ports")
                .contains("has room for 5 clients")
                .contains("contains the port 1003 of a listener");
    }

    @Test
    void warnsOfABalancerThatAnyHostCanBe() throws IOException {
        settings("""
            listener.proxy-protocol=required
            listener.proxy-from=0.0.0.0/0
            listener.lan.port=0
            listener.lan.proxy-from=192.0.2.10
            """);
        assertThat(check()).isZero();
        assertThat(err())
                .contains("listener.proxy-from has 0.0.0.0/0: any host may say that it is any client")
                .contains("active.enabled=true behind a balancer")
                .doesNotContain("listener.lan.proxy-from");
        settings("listener.proxy-protocol=required\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err()).contains("listener.proxy-from doesn't say which addresses they have");
    }

    @Test
    void warnsOfAccountsThatAreHardlyMeant() throws IOException {
        Files.writeString(home.resolve("users.properties"), """
            ftpserver.user.admin.homedirectory=/
            ftpserver.user.admin.userpassword=saZl7tCOjtyoQ
            ftpserver.user.admin.writepermission=true
            """);
        settings("ban.names=ADMIN\n");
        assertThat(check()).isZero();
        assertThat(err())
                .contains("the account admin is no administrator by its name")
                .contains("the password of admin looks like a hash of DES crypt")
                .contains("admin may write, and its home is /")
                .contains("admin is an account, but also in ban.names");

        Files.writeString(home.resolve("users.properties"), "# none\n");
        assertThat(check()).isZero();
        assertThat(err()).contains("users.properties has no account");
    }

    @Test
    void warnsOfGroupsAndRulesThatAreHardlyMeant() throws IOException {
        Files.writeString(home.resolve("users.properties"), """
            ftpserver.group.empty.idletime=0
            ftpserver.user.ann.homedirectory=.
            ftpserver.user.ann.expires=2020-01-31
            ftpserver.user.ann.tls=required
            ftpserver.user.ann.permissions=drop
            ftpserver.user.ann.writepermission=false
            """);
        settings("");

        assertThat(check()).isZero();
        assertThat(err())
                .contains("the group empty has no members")
                .contains("ann has expired")
                .contains("ann needs TLS, but no listener offers it")
                .contains("ann may do nothing anywhere");
    }

    @Test
    void warnsOfDirectoriesWhosePermissionsAnotherSpellingAvoids() throws IOException {
        Files.createDirectory(home.resolve("in"));
        Files.createDirectory(home.resolve("Out"));
        Files.createSymbolicLink(home.resolve("IN"), Path.of("in")); // as a file system would that ignores case
        Files.writeString(home.resolve("users.properties"), """
            ftpserver.user.ann.homedirectory=.
            ftpserver.user.ann.permissions./Out=drop
            ftpserver.user.ann.permissions./in=drop
            ftpserver.user.bob.homedirectory=.
            ftpserver.user.bob.permissions./Out=drop
            """);
        settings("");

        assertThat(check()).isZero();
        assertThat(err())
                .contains("ann has permissions for /in, but the same directory is also there as /IN")
                .doesNotContain("bob has permissions");
    }

    @Test
    void warnsOfFilesThatOthersMayWrite() throws IOException {
        mode("users.properties", "rw-rw-rw-");
        mode("config/ftpd.properties", "rw-r--rw-");
        assertThat(check()).isZero();
        assertThat(err())
                .contains("users.properties may be written to by others (mode 666), who can log in as every account")
                .contains("ftpd.properties may be written to by others (mode 646), who can change every setting");

        mode("config", "rwxrwxrwx");
        assertThat(check()).isZero();
        assertThat(err())
                .contains("config may be written to by others (mode 777), who can put another file in the place of"
                        + " ftpd.properties");
    }

    @Test
    void warnsOfSecretsThatAllMayRead() throws IOException {
        Files.writeString(home.resolve("config/keys.p12"), "");
        settings("tls.keystore=keys.p12\ntls.keystore-password=hunter2\n");
        mode("config/ftpd.properties", "rw-r--r--");
        mode("config/keys.p12", "rw-r--r--");
        check();
        assertThat(err())
                .contains("keys.p12 holds a secret and may be read by all")
                .contains("ftpd.properties holds a secret and may be read by all")
                .doesNotContain("hunter2");
    }

    @Test
    void strictlyOpensEveryHome() throws IOException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may open every directory");
        mode("files", "-wx------");
        assertThat(check()).isZero();
        assertThat(check("--strict")).isEqualTo(2);
        assertThat(err()).contains("files, the home of ann, can't be opened: permission denied");
        mode("files", "rwx------");
    }

    @Test
    void complainsOnlyOnceOfAConfigurationThatIsNotThere() {
        assertThat(check("--config", "nowhere/none.properties")).isEqualTo(2);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .contains("none.properties: the configuration doesn't exist");
    }

    @Test
    void namesTheLineOfAUserThatThereIsNot() throws IOException {
        assumeTrue(SystemCall.isSupported(), "only Linux has process.user");
        Path file = home.resolve("config/ftpd.properties");
        Files.writeString(file, "listener.port=0\nprocess.user=no-such-user\n");
        assertThat(check()).isEqualTo(2);
        assertThat(err())
                .startsWith("error: " + file + ":2: process.user=no-such-user is no user of this machine; create it");

        settings("listener.port=0\n");
        assertThat(check("--set", "process.user=no-such-user")).isEqualTo(2);
        assertThat(err()).startsWith("error: --set: process.user=no-such-user is no user");
    }

    private void settings(String text) throws IOException {
        // the user that runs the tests is meant, also if it is root
        String user = "process.user=" + System.getProperty("user.name") + "\n";
        Files.writeString(home.resolve("config/ftpd.properties"), text + user);
        err.reset();
    }

    private void mode(String file, String mode) throws IOException {
        Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString(mode));
    }

    private int check(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "check";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                home,
                home,
                question -> Optional.empty());
        return Main.run(terminal, arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
