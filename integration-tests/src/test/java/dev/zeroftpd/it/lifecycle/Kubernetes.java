package dev.zeroftpd.it.lifecycle;

import dev.zeroftpd.it.support.Checkout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the files of config/examples/kubernetes say. Immutable once it is read; any thread. */
final class Kubernetes {

    static final Path EXAMPLE = Checkout.ROOT.resolve("config/examples/kubernetes");

    private static final Pattern BIND_RANGE = Pattern.compile("(?m)^ *bind :(\\d+-\\d+)$");

    private final Object kustomization;
    private final List<Object> resources = new ArrayList<>();
    private final String haproxy;
    private final Properties settings = new Properties();

    private Kubernetes(Object kustomization, String haproxy) {
        this.kustomization = kustomization;
        this.haproxy = haproxy;
    }

    /** @param folder for what the reading leaves behind */
    static Kubernetes read(Path folder) throws IOException {
        Kubernetes example = new Kubernetes(
                Yaml.documents(folder, EXAMPLE.resolve("kustomization.yaml")).getFirst(),
                Files.readString(EXAMPLE.resolve("haproxy.cfg")));
        for (Object resource : Yaml.list(example.kustomization, "resources")) {
            example.resources.addAll(Yaml.documents(folder, EXAMPLE.resolve(String.valueOf(resource))));
        }
        try (Reader reader = Files.newBufferedReader(EXAMPLE.resolve("ftpd.properties"))) {
            example.settings.load(reader);
        }
        return example;
    }

    Object kustomization() {
        return kustomization;
    }

    /** All documents of all files that the kustomization names. */
    List<Object> resources() {
        return List.copyOf(resources);
    }

    Object resource(String kind, String name) {
        return resources.stream()
                .filter(each -> Yaml.text(each, "kind").equals(kind)
                        && Yaml.text(each, "metadata/name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The template of the nodes' pods. */
    Object nodePod() {
        return Yaml.at(resource("StatefulSet", "ftp"), "spec/template");
    }

    Object balancerPod() {
        return Yaml.at(resource("Deployment", "ftp-balancer"), "spec/template");
    }

    String haproxy() {
        return haproxy;
    }

    /** What {@code haproxy.cfg} forwards to node after node. */
    List<String> ranges() {
        return BIND_RANGE
                .matcher(haproxy)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    String setting(String key) {
        return settings.getProperty(key);
    }

    /** The first group of a pattern in {@code haproxy.cfg}. */
    String inHaproxy(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(haproxy);
        if (!matcher.find()) {
            throw new AssertionError("haproxy.cfg has no " + pattern);
        }
        return matcher.group(1);
    }

    /** The environment of the container of one node, as Kubernetes makes it. */
    Map<String, String> environment(int podIndex) {
        Map<String, String> environment = new TreeMap<>();
        for (Object variable : Yaml.list(nodePod(), "spec/containers/0/env")) {
            if (((Map<?, ?>) variable).containsKey("value")) {
                environment.put(
                        Yaml.text(variable, "name"),
                        Yaml.text(variable, "value").replace("$(POD_INDEX)", Integer.toString(podIndex)));
            }
        }
        return environment;
    }
}
