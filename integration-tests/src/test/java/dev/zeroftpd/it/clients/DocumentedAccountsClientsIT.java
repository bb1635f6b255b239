package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.zeroftpd.it.DocumentedAccounts;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.Site;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** People's clients with the accounts of docs/accounts.md: what an account may not do, its client can't either. */
class DocumentedAccountsClientsIT {

    /** A line of MLSD: its facts, and a name. */
    private static final Pattern FACTS = Pattern.compile("(.*;) (.*)");

    @RegisterExtension
    private final RunningServer server = RunningServer.with(DocumentedAccounts::options);

    @TempDir
    private Path local;

    static Stream<Arguments> clients() {
        return Stream.of(new CurlClient(), new LftpClient(), new RcloneClient(), ScriptClients.ftplib())
                .map(client -> argumentSet(client.name(), client));
    }

    private static Account account(String name) {
        return new Account(name, "secret", "home", true, 0, 0, 0, 0);
    }

    private Site site(String account, Site.Protection protection) {
        return new Site(
                server.address(),
                Way.Mode.PASSIVE,
                protection,
                false,
                account(account),
                ServerKeystore.certificate(server.folder()),
                local);
    }

    private Path file(String name, int bytes) throws IOException {
        return Files.write(local.resolve(name), PatternFile.bytes(0, bytes));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aCustomerHasAHomeAndAShelfOfManuals(Client client) throws IOException {
        Site acme = site("acme", Site.Protection.CLEAR);
        Path order = file("order.xml", 100_000);
        client.put(acme, order, "/order.xml");
        assertThat(client.list(acme, "/")).containsExactlyInAnyOrder("from-us", "manuals", "order.xml");
        assertThat(client.list(acme, "/manuals")).containsExactly("guide.pdf");
        Path back = local.resolve("back");
        client.get(acme, "/order.xml", back);
        assertThat(back).hasSameBinaryContentAs(order);
        client.get(acme, "/manuals/guide.pdf", back);
        assertThat(back).hasContent("a guide");

        assertThatThrownBy(() -> client.put(acme, order, "/from-us/order.xml")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> client.put(acme, order, "/manuals/order.xml")).isInstanceOf(AssertionError.class);
        if (client instanceof RcloneClient) { // which takes each 550 for "it is gone already", and is content
            client.delete(acme, "/manuals/guide.pdf");
        } else {
            assertThatThrownBy(() -> client.delete(acme, "/manuals/guide.pdf")).isInstanceOf(AssertionError.class);
        }
        Path tooLarge = file("too-large", 5 << 20);
        assertThatThrownBy(() -> client.put(acme, tooLarge, "/too-large")).isInstanceOf(AssertionError.class);

        client.delete(acme, "/order.xml");
        assertThat(files("customers")).containsExactlyInAnyOrder("acme", "acme/from-us", "globex");
        assertThat(files("manuals")).containsExactly("guide.pdf");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aPartnerGetsInWithTlsOnlyAndSharesAFolder(Client client) throws IOException {
        Site clear = site("initech", Site.Protection.CLEAR);
        assertThatThrownBy(() -> client.list(clear, "/")).isInstanceOf(AssertionError.class);
        Site initech = site("initech", Site.Protection.TLS_1_3);
        assertThat(client.list(initech, "/")).containsExactlyInAnyOrder("in", "project");
        Path plan = file("plan", 1000);
        client.put(initech, plan, "/project/plan");
        Path back = local.resolve("back");
        client.get(initech, "/project/plan", back);
        assertThat(back).hasSameBinaryContentAs(plan);

        assertThatThrownBy(() -> client.put(initech, plan, "/plan")).isInstanceOf(AssertionError.class);
        assertThat(files("project")).containsExactly("plan");
    }

    /** rclone isn't among them: it asks for what it has sent, which an account that drops files may not see. */
    static Stream<Arguments> droppers() {
        return clients().filter(set -> !(set.get()[0] instanceof RcloneClient));
    }

    @ParameterizedTest
    @MethodSource("droppers")
    void aCameraDropsPicturesAndSeesNone(Client client) throws IOException {
        Site door = site("door", Site.Protection.CLEAR);
        client.put(door, file("gate.jpg", 20_000), "/gate.jpg");
        assertThat(files("cameras")).containsExactly("gate.jpg");
        assertThat(server.folder().resolve("srv/cameras/gate.jpg")).hasSameBinaryContentAs(local.resolve("gate.jpg"));
        Path back = local.resolve("back");
        assertThatThrownBy(() -> client.get(door, "/gate.jpg", back)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> client.delete(door, "/gate.jpg")).isInstanceOf(AssertionError.class);
    }

    /** As FileZilla does it: into each directory by CWD, then MLSD without a name, and trusting its facts. */
    @Test
    void aWalkByMlsdFindsWhatIsThereAndWhatMayBeDone() throws IOException {
        try (ControlClient client = ControlClient.login(server.address(), account("acme"))) {
            assertThat(walked(client, "/"))
                    .containsExactlyInAnyOrder("/from-us/ el", "/manuals/ el", "/manuals/guide.pdf r");
        }
    }

    private static Set<String> walked(ControlClient client, String directory) throws IOException {
        client.expect(250, "CWD " + directory);
        Set<String> found = new TreeSet<>();
        for (String line : new String(DataClient.received(client, "MLSD"), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            Matcher facts = FACTS.matcher(line);
            assertThat(facts.matches()).as(line).isTrue();
            String path = directory + facts.group(2);
            String perm = facts.group(1).replaceFirst(".*perm=([^;]*);.*", "$1");
            if (facts.group(1).contains("type=dir;")) {
                found.add(path + "/ " + perm);
                found.addAll(walked(client, path + "/"));
            } else if (facts.group(1).contains("type=file;")) {
                found.add(path + " " + perm);
            }
        }
        return found;
    }

    private Set<String> files(String home) throws IOException {
        Path top = server.folder().resolve("srv").resolve(home);
        Set<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(top)) {
            all.filter(path -> !path.equals(top))
                    .forEach(path -> names.add(top.relativize(path).toString()));
        }
        return names;
    }
}
