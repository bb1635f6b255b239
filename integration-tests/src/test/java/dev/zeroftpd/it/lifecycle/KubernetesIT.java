package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/examples/kubernetes: what its files say of each other is true, and two nodes and HAProxy run by them. */
class KubernetesIT {

    private static final Pattern DURATION = Pattern.compile("(\\d+)([smh])");

    private static final int SIZE = 300_000;

    @TempDir
    private Path folder;

    private Kubernetes example;

    @BeforeEach
    void read() throws IOException {
        example = Kubernetes.read(folder);
    }

    @Test
    void theServiceForwardsTheRangesOfTheNodes() throws IOException {
        Path copy = folder.resolve("copy");
        Command.run(folder, "cp", "-r", Kubernetes.EXAMPLE.toString(), copy.toString())
                .expectExit(0);
        Files.delete(copy.resolve("service.yaml"));
        List<String> command = new ArrayList<>(List.of(copy.resolve("range").toString()));
        command.addAll(example.ranges());
        Command.run(folder, command.toArray(new String[0])).expectExit(0);

        assertThat(copy.resolve("service.yaml")).hasSameTextualContentAs(Kubernetes.EXAMPLE.resolve("service.yaml"));
        Object service = example.resource("Service", "ftp");
        assertThat(Yaml.at(service, "spec/ports/0/targetPort")).hasToString(example.inHaproxy("bind :(\\d+)\n"));
        assertThat(Yaml.list(service, "spec/ports"))
                .as("with an NLB's limit")
                .hasSize(41)
                .hasSizeLessThanOrEqualTo(50)
                .allSatisfy(port -> assertThat(Yaml.text(port, "name")).hasSizeLessThanOrEqualTo(15));
        assertThat(Yaml.text(service, "spec/externalTrafficPolicy")).isEqualTo("Local");
    }

    @Test
    void eachNodeHasTheRangeThatIsForwardedToIt() {
        List<String> ranges = example.ranges();
        assertThat(ranges).hasSize(replicas());
        String nodes = Yaml.text(example.resource("StatefulSet", "ftp"), "spec/serviceName");
        Object names = example.resource("Service", nodes);
        assertThat(Yaml.text(names, "spec/clusterIP")).isEqualTo("None");
        assertThat(Yaml.at(names, "spec/publishNotReadyAddresses")).isEqualTo(true);
        for (int i = 0; i < ranges.size(); i++) {
            assertThat(example.environment(i)).containsEntry("FTPD_PASSIVE_PORTS", ranges.get(i));
            String name = "ftp-" + i + "." + nodes + ".${POD_NAMESPACE}.svc.cluster.local";
            assertThat(example.haproxy())
                    .containsPattern(
                            "bind :" + ranges.get(i) + "\n +server node" + i + " \"" + Pattern.quote(name) + "\" ")
                    .contains("server node" + i + " \"" + name + ":2121\"");
        }
        Object allowed = Yaml.at(example.resource("NetworkPolicy", "ftp"), "spec/ingress/0/ports");
        assertThat(Yaml.text(allowed, "2/port")).isEqualTo(ranges.getFirst().replaceAll("-.*", ""));
        assertThat(Yaml.text(allowed, "2/endPort")).isEqualTo(ranges.getLast().replaceAll(".*-", ""));
    }

    private int replicas() {
        return Integer.parseInt(Yaml.text(example.resource("StatefulSet", "ftp"), "spec/replicas"));
    }

    @Test
    void namesAndPortsAreThoseOfEachOther() {
        assertSelects("Service", "ftp", example.balancerPod());
        assertSelects("Service", "ftp-nodes", example.nodePod());
        for (String workload : List.of("StatefulSet/ftp", "Deployment/ftp-balancer")) {
            Object resource = example.resource(
                    workload.substring(0, workload.indexOf('/')), workload.substring(workload.indexOf('/') + 1));
            Object labels = Yaml.at(resource, "spec/template/metadata/labels");
            assertThat(Yaml.at(resource, "spec/selector/matchLabels")).isEqualTo(labels);
            assertThat(Yaml.at(resource, "spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"))
                    .isEqualTo(labels);
            assertThat(Yaml.at(
                            example.resource("PodDisruptionBudget", Yaml.text(resource, "metadata/name")),
                            "spec/selector/matchLabels"))
                    .isEqualTo(labels);
            assertMountsAndProbes(resource);
        }
        Object policy = example.resource("NetworkPolicy", "ftp");
        assertThat(Yaml.at(policy, "spec/podSelector/matchLabels"))
                .isEqualTo(Yaml.at(example.nodePod(), "metadata/labels"));
        assertThat(Yaml.at(policy, "spec/ingress/0/from/0/podSelector/matchLabels"))
                .isEqualTo(Yaml.at(example.balancerPod(), "metadata/labels"));

        String admin = example.setting("admin.http").replaceAll(".*:", "");
        assertThat(Yaml.text(example.nodePod(), "spec/containers/0/ports/1/containerPort"))
                .isEqualTo(admin);
        assertThat(example.inHaproxy("check port (\\d+)")).isEqualTo(admin);
        assertThat(Yaml.text(policy, "spec/ingress/0/ports/1/port")).isEqualTo(admin);
        assertThat(Yaml.text(example.balancerPod(), "spec/containers/0/ports/1/containerPort"))
                .isEqualTo(example.inHaproxy("mode http\n +bind :(\\d+)"));
        assertThat(Yaml.text(example.balancerPod(), "spec/containers/0/readinessProbe/httpGet/path"))
                .isEqualTo(example.inHaproxy("monitor-uri (\\S+)"));
    }

    private void assertSelects(String kind, String name, Object pod) {
        assertThat(Yaml.at(example.resource(kind, name), "spec/selector")).isEqualTo(Yaml.at(pod, "metadata/labels"));
    }

    private void assertMountsAndProbes(Object workload) {
        Object container = Yaml.at(workload, "spec/template/spec/containers/0");
        Set<Object> volumes = new HashSet<>(names(Yaml.list(workload, "spec/template/spec/volumes"), "name"));
        if (((Map<?, ?>) Yaml.at(workload, "spec")).containsKey("volumeClaimTemplates")) {
            volumes.addAll(names(Yaml.list(workload, "spec/volumeClaimTemplates"), "metadata/name"));
        }
        assertThat(volumes).isEqualTo(new HashSet<>(names(Yaml.list(container, "volumeMounts"), "name")));
        Set<Object> ports = new HashSet<>(names(Yaml.list(container, "ports"), "name"));
        assertThat(ports)
                .contains(Yaml.at(container, "readinessProbe/httpGet/port"))
                .contains(Yaml.at(
                        container,
                        Yaml.text(container, "livenessProbe").contains("tcpSocket")
                                ? "livenessProbe/tcpSocket/port"
                                : "livenessProbe/httpGet/port"));
        for (Object volume : Yaml.list(workload, "spec/template/spec/volumes")) {
            if (Yaml.text(volume, "name").equals("settings")) {
                assertThat(names(Yaml.list(example.kustomization(), "configMapGenerator"), "name"))
                        .contains(Yaml.text(volume, "configMap/name"));
            } else if (Yaml.text(volume, "name").equals("accounts")) {
                assertThat(names(Yaml.list(example.kustomization(), "secretGenerator"), "name"))
                        .contains(Yaml.text(volume, "secret/secretName"));
            } else if (Yaml.text(volume, "name").equals("files")) {
                example.resource("PersistentVolumeClaim", Yaml.text(volume, "persistentVolumeClaim/claimName"));
            }
        }
    }

    private static List<Object> names(List<?> items, String path) {
        return items.stream().<Object>map(item -> Yaml.text(item, path)).toList();
    }

    @Test
    void podsHaveTheTimeToEndByThemselves() {
        Duration node = duration(example.setting("shutdown.delay"))
                .plus(duration(example.setting("shutdown.session-grace")))
                .plus(duration(example.setting("shutdown.grace")));
        Duration haproxy = duration(example.inHaproxy("hard-stop-after (\\S+)"))
                .plus(duration(
                        Yaml.text(example.balancerPod(), "spec/containers/0/lifecycle/preStop/exec/command/1") + "s"));

        assertThat(grace(example.nodePod())).isGreaterThan(node.plusSeconds(5));
        assertThat(grace(example.balancerPod())).isGreaterThan(haproxy.plusSeconds(5));
        assertThat(duration(example.inHaproxy("timeout check (\\S+)"))
                        .plus(duration(example.inHaproxy(" inter (\\S+)")))
                        .multipliedBy(Long.parseLong(example.inHaproxy(" fall (\\d+)"))))
                .as("until HAProxy has noticed")
                .isLessThan(duration(example.setting("shutdown.delay")));
    }

    private static Duration grace(Object pod) {
        return duration(Yaml.text(pod, "spec/terminationGracePeriodSeconds") + "s");
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        assertThat(matcher.matches()).as(text).isTrue();
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    @Test
    void podsMayDoNothingButServe() {
        for (Object pod : List.of(example.nodePod(), example.balancerPod())) {
            assertThat(Yaml.at(pod, "spec/securityContext/runAsNonRoot")).isEqualTo(true);
            assertThat(Yaml.text(pod, "spec/securityContext/seccompProfile/type"))
                    .isEqualTo("RuntimeDefault");
            assertThat(Yaml.at(pod, "spec/automountServiceAccountToken")).isEqualTo(false);
            Object container = Yaml.at(pod, "spec/containers/0/securityContext");
            assertThat(Yaml.at(container, "allowPrivilegeEscalation")).isEqualTo(false);
            assertThat(Yaml.at(container, "readOnlyRootFilesystem")).isEqualTo(true);
            assertThat(Yaml.text(container, "capabilities/drop")).isEqualTo("[ALL]");
        }
        assertThat(Yaml.at(example.nodePod(), "spec/securityContext/runAsUser")).isEqualTo(2121);
    }

    @Test
    void haproxyTakesItsConfiguration() throws IOException {
        Command.run(
                        folder,
                        Map.of("POD_NAMESPACE", "default"),
                        "",
                        List.of(
                                "/usr/sbin/haproxy",
                                "-c",
                                "-f",
                                Kubernetes.EXAMPLE.resolve("haproxy.cfg").toString()))
                .expectExit(0);
    }

    @Test
    void curlUploadsAndDownloadsByWayOfTheNodes() throws Exception {
        Path files = Files.createDirectory(folder.resolve("srv"));
        PatternFile.write(files.resolve("file"), SIZE);
        PatternFile.write(folder.resolve("mine"), SIZE);
        int front = FreePorts.one();
        int health = FreePorts.one();
        int admin = FreePorts.one();
        List<String> ranges =
                IntStream.range(0, 2).mapToObj(_ -> FreePorts.range(20)).toList();
        try (ServerProcess one = node(0, ranges.get(0), admin, files);
                ServerProcess two = node(1, ranges.get(1), admin, files)) {
            String configuration = example.haproxy()
                    .replaceFirst("(?s)resolvers cluster\n.*?\n\n", "")
                    .replace(" resolvers cluster init-addr none", "")
                    .replaceAll(
                            "\"ftp-0[^:\"]*:2121\"",
                            "127.0.0.21:" + one.address().getPort())
                    .replaceAll(
                            "\"ftp-1[^:\"]*:2121\"",
                            "127.0.0.22:" + two.address().getPort())
                    .replaceAll("\"ftp-0[^:\"]*\"", "127.0.0.21")
                    .replaceAll("\"ftp-1[^:\"]*\"", "127.0.0.22")
                    .replace("bind :2121", "bind 127.0.0.1:" + front)
                    .replace("bind :8404", "bind 127.0.0.1:" + health)
                    .replace("check port 8021", "check port " + admin)
                    .replace("bind :" + example.ranges().get(0), "bind 127.0.0.1:" + ranges.get(0))
                    .replace("bind :" + example.ranges().get(1), "bind 127.0.0.1:" + ranges.get(1));
            assertThat(configuration).doesNotContain("POD_NAMESPACE");
            Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
            Process haproxy = new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("haproxy.log").toFile())
                    .start();
            try {
                await().until(() -> get(health, "/ready").exitCode() == 0);
                for (String mode : List.of("--disable-eprt", "--disable-epsv")) {
                    for (int i = 0; i < 4; i++) {
                        curl(front, mode, "--output", "got", "file");
                        assertThat(folder.resolve("got")).hasSameBinaryContentAs(folder.resolve("mine"));
                        curl(front, mode, "--upload-file", "mine", "sent" + mode + i);
                        assertThat(files.resolve("sent" + mode + i)).hasSameBinaryContentAs(folder.resolve("mine"));
                    }
                }
                for (ServerProcess node : List.of(one, two)) {
                    assertThat(node.logText()).contains(" LOGIN").doesNotContain(" 127.0.0.1 ");
                }
            } finally {
                haproxy.destroy();
                assertThat(haproxy.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            one.kill();
            two.kill();
        }
    }

    /** As its container would, but for addresses, ports and volumes; and the probes find it well. */
    private ServerProcess node(int index, String range, int admin, Path files) throws IOException {
        Path mine = Files.createDirectory(folder.resolve("node-" + index));
        String address = "127.0.0.2" + (index + 1);
        Map<String, String> environment = example.environment(index);
        assertThat(environment.put("FTPD_PASSIVE_PORTS", range)).isNotNull();
        String accounts =
                Files.readString(Kubernetes.EXAMPLE.resolve("users.properties")).replace("/srv/ftp", files.toString());
        Path users = Files.writeString(
                mine.resolve("users.properties"),
                accounts + "ftpserver.user.ann.userpassword=of-ann\nftpserver.user.ann.writepermission=true\n"
                        + "ftpserver.user.ann.homedirectory=" + files + "\n");
        assertThat(environment.put("FTPD_USERS_FILE", users.toString())).isNotNull();
        environment.put("FTPD_STATE_DIRECTORY", mine.resolve("state").toString());
        environment.put("FTPD_CONTROL_SOCKET", mine.resolve("run/ftpd.sock").toString());
        environment.put("FTPD_LISTENER_ADDRESS", address);
        environment.put("FTPD_LISTENER_PORT", "0");
        environment.put("FTPD_LISTENER_PROXY_FROM", "127.0.0.1");
        environment.put("FTPD_ADMIN_HTTP", address + ":" + admin);
        String settings = Files.copy(Kubernetes.EXAMPLE.resolve("ftpd.properties"), mine.resolve("ftpd.properties"))
                .toString();

        List<String> check = List.of(Checkout.LAUNCHER.toString(), "check", "--config", settings);
        assertThat(Command.run(mine, environment, "", check).expectExit(0).errors())
                .doesNotContain("is not a setting");

        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of(Checkout.LAUNCHER.toString(), "serve", "--config", settings));
        ServerProcess node = ServerProcess.startCommand(mine, command, 1);
        for (String probe : List.of("readinessProbe", "livenessProbe")) {
            String path = Yaml.text(example.nodePod(), "spec/containers/0/" + probe + "/httpGet/path");
            Command.run(folder, "curl", "--fail", "--silent", "http://" + address + ":" + admin + path)
                    .expectExit(0);
        }
        return node;
    }

    private Command get(int port, String path) throws IOException {
        return Command.run(folder, "curl", "--fail", "--silent", "http://127.0.0.1:" + port + path);
    }

    private void curl(int port, String mode, String option, String local, String remote) throws IOException {
        Command.run(
                        folder,
                        "curl",
                        "--silent",
                        "--show-error",
                        "--interface",
                        "127.0.0.5",
                        "--user",
                        "ann:of-ann",
                        mode,
                        option,
                        local,
                        "ftp://127.0.0.1:" + port + "/" + remote)
                .expectExit(0);
    }
}
