package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for containers: their YAML is what Compose and Kubernetes read, and their settings are ours. */
class ContainerExamplesIT {

    private static final Path EXAMPLES = Checkout.ROOT.resolve("config/examples");

    private static final String TO_JSON =
            "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))";

    @TempDir
    private Path folder;

    /** The documents of a file, as python3-yaml reads them. */
    private List<Object> documents(String file) throws IOException {
        Command read = Command.run(
                folder, "python3", "-c", TO_JSON, EXAMPLES.resolve(file).toString());
        return JSON.std.listFrom(read.expectExit(0).output());
    }

    /** The value under keys and indexes with slashes between them. */
    private static Object at(Object tree, String path) {
        Object value = tree;
        for (String step : path.split("/", -1)) {
            Object next = switch (value) {
                case List<?> list -> list.get(Integer.parseInt(step));
                case Map<?, ?> map -> map.get(step);
                default -> null;
            };
            value = Objects.requireNonNull(next, path);
        }
        return value;
    }

    @Test
    void composePublishesTheRangeThatTheServerUses() throws IOException {
        Object compose = documents("docker/compose.yaml").getFirst();

        assertThat(at(compose, "services/ftp/ports/1")).isEqualTo("${RANGE}:${RANGE}");
        assertThat(String.valueOf(at(compose, "services/ftp/environment/FTPD_PASSIVE_PORTS")))
                .startsWith("${RANGE:");
        assertThat(Files.readString(EXAMPLES.resolve("docker/.env.example")))
                .containsPattern("(?m)^PUBLIC_ADDRESS=\\S+$")
                .containsPattern("(?m)^RANGE=\\d+-\\d+$");
        Map<String, String> environment = new TreeMap<>();
        ((Map<?, ?>) at(compose, "services/ftp/environment"))
                .forEach((key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
        environment.put("FTPD_PASSIVE_ADDRESS", "203.0.113.7");
        environment.put("FTPD_PASSIVE_PORTS", "50000-50049");
        assertSettings(environment);
    }

    @Test
    void kubernetesGetsTheServiceOfItsRange() throws IOException {
        Path copy = folder.resolve("kubernetes");
        Command.run(folder, "cp", "-r", EXAMPLES.resolve("kubernetes").toString(), copy.toString())
                .expectExit(0);
        Files.delete(copy.resolve("service.yaml"));
        Command.run(folder, copy.resolve("range").toString(), "50000", "50019").expectExit(0);
        assertThat(copy.resolve("service.yaml")).hasSameTextualContentAs(EXAMPLES.resolve("kubernetes/service.yaml"));

        Object service = documents("kubernetes/service.yaml").getFirst();
        assertThat(at(service, "spec/ports"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(21);
        assertThat(at(service, "spec/ports/20/port")).isEqualTo(50_019);
    }

    @Test
    void kubernetesFindsWhatTheDeploymentNames() throws IOException {
        Object kustomization = documents("kubernetes/kustomization.yaml").getFirst();
        Object pod = at(documents("kubernetes/deployment.yaml").getFirst(), "spec/template");
        for (Object resource : (List<?>) at(kustomization, "resources")) {
            for (Object document : documents("kubernetes/" + resource)) {
                at(document, "apiVersion");
                at(document, "kind");
                at(document, "metadata/name");
            }
        }

        assertThat(at(pod, "spec/containers/0/envFrom/0/configMapRef/name"))
                .isEqualTo(at(kustomization, "configMapGenerator/0/name"));
        assertThat(at(pod, "spec/volumes/0/secret/secretName")).isEqualTo(at(kustomization, "secretGenerator/0/name"));
        assertThat(at(pod, "spec/containers/0/readinessProbe/httpGet/path")).isEqualTo("/health/ready");
        assertThat(at(pod, "spec/containers/0/livenessProbe/httpGet/path")).isEqualTo("/health/live");
        assertThat(at(pod, "spec/securityContext/runAsUser")).isEqualTo(2121);
        Map<String, String> environment = new TreeMap<>();
        for (Object literal : (List<?>) at(kustomization, "configMapGenerator/0/literals")) {
            String[] setting = String.valueOf(literal).split("=", 2);
            environment.put(setting[0], setting[1]);
        }
        assertThat(environment).containsEntry("FTPD_PASSIVE_PORTS", "50000-50019");
        Path accounts = Files.writeString(
                folder.resolve("users.properties"),
                Files.readString(EXAMPLES.resolve("kubernetes/users.properties"))
                        .replace("/srv/ftp", folder.toString()));
        environment.put("FTPD_USERS_FILE", accounts.toString());
        assertSettings(environment);
    }

    /** A variable that is no setting would only be a warning. */
    private void assertSettings(Map<String, String> environment) throws IOException {
        environment.putIfAbsent(
                "FTPD_USERS_FILE", Checkout.ROOT.resolve("users.properties").toString());
        environment.put("FTPD_LISTENER_ADDRESS", "127.0.0.1"); // the tests may run as root
        List<String> check = new ArrayList<>(List.of(Checkout.LAUNCHER.toString(), "check"));
        check.addAll(List.of(
                "--config",
                Files.writeString(folder.resolve("none.properties"), "").toString()));

        Command checked = Command.run(folder, environment, "", check).expectExit(0);

        assertThat(checked.errors().lines().filter(line -> line.contains("is not a setting")))
                .allMatch(line -> line.contains("FTPD_ADMIN_") || line.contains("FTPD_SHUTDOWN_DELAY"));
    }
}
