package dev.zeroftpd.it.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for Compose: its YAML is what that reads, and its settings are ours. */
class ContainerExamplesIT {

    private static final Path EXAMPLES = Checkout.ROOT.resolve("config/examples");

    private static final Pattern HTTP = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @TempDir
    private Path folder;

    @Test
    void composePublishesTheRangeThatTheServerUses() throws IOException {
        Object compose =
                Yaml.documents(folder, EXAMPLES.resolve("docker/compose.yaml")).getFirst();

        assertThat(Yaml.at(compose, "services/ftp/ports/1")).isEqualTo("${RANGE}:${RANGE}");
        assertThat(Yaml.text(compose, "services/ftp/environment/FTPD_PASSIVE_PORTS"))
                .startsWith("${RANGE:");
        assertThat(Files.readString(EXAMPLES.resolve("docker/.env.example")))
                .containsPattern("(?m)^PUBLIC_ADDRESS=\\S+$")
                .containsPattern("(?m)^RANGE=\\d+-\\d+$");
        Map<String, String> environment = new TreeMap<>();
        ((Map<?, ?>) Yaml.at(compose, "services/ftp/environment"))
                .forEach((key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
        environment.put("FTPD_PASSIVE_ADDRESS", "203.0.113.7");
        environment.put("FTPD_PASSIVE_PORTS", "50000-50049");
        Path accounts = folder.resolve("users.properties");
        Files.copy(Checkout.ROOT.resolve("packaging/root/users.properties"), accounts);
        environment.put("FTPD_USERS_FILE", accounts.toString());
        assertSettings(environment);
        addAnn(environment);
        try (ServerProcess server = start(environment);
                ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, "USER ann => 331 .*\nPASS of ann => 230 .*\nTYPE I => 200 .*");
            assertAnnounced(client, 50_000, 50_049);
            assertThat(DataClient.sent(client, "STOR file", "content".getBytes(UTF_8))
                            .code())
                    .isEqualTo(226);
            assertGets(client, 50_000, 50_049);
            assertHealthy(server);
        }
    }

    /** A variable that is no setting would only be a warning. */
    private void assertSettings(Map<String, String> environment) throws IOException {
        environment.put("FTPD_LISTENER_ADDRESS", "127.0.0.1"); // the tests may run as root
        List<String> check = new ArrayList<>(List.of(Checkout.LAUNCHER.toString(), "check"));
        check.addAll(List.of(
                "--config",
                Files.writeString(folder.resolve("none.properties"), "").toString()));

        Command checked = Command.run(folder, environment, "", check).expectExit(0);

        assertThat(checked.errors()).doesNotContain("is not a setting");
    }

    /** As README says. */
    private void addAnn(Map<String, String> environment) throws IOException {
        List<String> add = List.of(
                Checkout.LAUNCHER.toString(),
                "user",
                "add",
                "ann",
                "--home",
                folder.resolve("ann").toString(),
                "--create-home",
                "--write",
                "--password-stdin",
                "--config",
                folder.resolve("none.properties").toString());
        Command.run(folder, environment, "of ann\n", add).expectExit(0);
    }

    /** As the container would, but for ports and addresses that this machine may have in use, and its volumes. */
    private ServerProcess start(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of("FTPD_LISTENER_PORT=0", "FTPD_ADMIN_HTTP=127.0.0.1:0"));
        command.add("FTPD_STATE_DIRECTORY=" + folder.resolve("state"));
        command.addAll(List.of(Checkout.LAUNCHER.toString(), "serve", "--config"));
        command.add(folder.resolve("none.properties").toString());
        return ServerProcess.startCommand(folder, command, 1);
    }

    private static void assertAnnounced(ControlClient client, int first, int last) throws IOException {
        InetSocketAddress announced = client.passive();
        assertThat(announced.getHostString()).isEqualTo("203.0.113.7");
        assertThat(announced.getPort()).isBetween(first, last);
    }

    private static void assertGets(ControlClient client, int first, int last) throws IOException {
        InetSocketAddress reachable = client.extendedPassive();
        assertThat(reachable.getPort()).isBetween(first, last);
        try (DataClient data = DataClient.connect(reachable)) {
            client.expect(150, "RETR file");
            assertThat(data.input().readAllBytes()).asString().isEqualTo("content");
            client.expectReply(226);
        }
    }

    /** What the container's or the pod's probes ask. */
    private void assertHealthy(ServerProcess server) throws IOException {
        Matcher told =
                HTTP.matcher(server.awaitLogLine(line -> HTTP.matcher(line).find()));
        assertThat(told.find()).isTrue();
        for (String health : List.of("live", "ready")) {
            Command.run(folder, "curl", "--fail", "--silent", told.group() + "/health/" + health)
                    .expectExit(0);
        }
    }
}
