package dev.zeroftpd.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads what the server tells, and the examples of config/examples/monitoring fit what it reads. */
class PrometheusIT {

    private static final Path EXAMPLES = Checkout.ROOT.resolve("config/examples/monitoring");

    private static final Pattern NAME = Pattern.compile("\\bzeroftpd_\\w+");

    private static final Pattern EXPRESSION = Pattern.compile("\"expr\": (\"(?:[^\"\\\\]|\\\\.)*\")");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private static final RunningServer SERVER = RunningServer.with(
                    folder -> ServerKeystore.in(folder, ServerOptions.standard())
                            .with("listener.tls", "explicit")
                            .with("admin.http", "127.0.0.1:0"))
            .prepared(home -> PatternFile.write(home.resolve("file"), 1000));

    @TempDir
    private Path folder;

    private final Http http = Http.of(SERVER);

    private static void transfer() throws IOException {
        try (ControlClient client = ControlClient.login(SERVER.address(), Account.ALICE)) {
            assertThat(DataClient.received(client, "RETR file")).hasSize(1000);
            assertThat(DataClient.sent(client, "STOR up", new byte[10]).code()).isEqualTo(226);
        }
    }

    @Test
    void whatIsToldIsWellFormed() throws IOException {
        transfer();
        Http.Answer plain = http.get("metrics", "Accept: text/plain;version=0.0.4");
        assertThat(plain.head()).contains("text/plain; version=0.0.4");
        Command checked = Command.run(folder, Map.of(), plain.body(), List.of("promtool", "check", "metrics"));
        checked.expectExit(0);
        assertThat(checked.output() + checked.errors()).as("lint").isEmpty();
    }

    @Test
    void rulesAndDashboardUseOnlyNamesThatThereAre() throws IOException {
        transfer();
        Command.run(
                        folder,
                        "promtool",
                        "check",
                        "rules",
                        EXAMPLES.resolve("rules.yml").toString())
                .expectExit(0);
        Set<String> told = names(http.get("metrics", "Accept: text/plain").body());
        Set<String> used = new TreeSet<>();
        used.addAll(names(Files.readString(EXAMPLES.resolve("rules.yml"))));
        used.addAll(names(Files.readString(EXAMPLES.resolve("dashboard.json"))));
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(told).containsAll(used);
        assertThat(names(Files.readString(Checkout.ROOT.resolve("docs/metrics.md"))))
                .as("names in docs/metrics.md")
                .containsAll(families(told));
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the parts of a histogram. */
    private static Set<String> families(Set<String> names) {
        return names.stream()
                .map(name -> name.replaceFirst("_(bucket|sum|count)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aPrometheusScrapesItAndTakesRulesAndQueries() throws Exception {
        transfer();
        int port = FreePorts.one();
        Files.copy(EXAMPLES.resolve("rules.yml"), folder.resolve("rules.yml"));
        String configuration = Files.readString(EXAMPLES.resolve("prometheus.yml"))
                .replace("127.0.0.1:9121", http.address().getAuthority())
                .replace("15s", "1s");
        Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        try {
            Http api = new Http(URI.create("http://127.0.0.1:" + port + "/"));
            awaitSample(api, "up{job=\"zeroftpd\"} == 1");
            awaitSample(api, "zeroftpd_build_info");
            awaitSample(api, "zeroftpd_logins_total{result=\"ok\"} >= 1");
            awaitSample(api, "zeroftpd_transfers_total{way=\"zero-copy\",outcome=\"completed\"} >= 1");
            awaitSample(api, "zeroftpd_transfer_seconds_bucket{le=\"+Inf\"} >= 2");
            assertThat(api.get("api/v1/rules").body())
                    .contains("ZeroFTPdCertificateExpires")
                    .doesNotContain("\"health\":\"err\"");
            for (String expression : expressions()) {
                assertThat(query(api, expression)).as(expression).contains("\"status\":\"success\"");
            }
        } finally {
            prometheus.destroy();
            assertThat(prometheus.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static void awaitSample(Http api, String query) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(query(api, query)).contains("\"value\":["));
    }

    private static String query(Http api, String query) throws IOException {
        return api.get("api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .body();
    }

    /** Of the dashboard, with what Grafana puts in. */
    private static List<String> expressions() throws IOException {
        Matcher found = EXPRESSION.matcher(Files.readString(EXAMPLES.resolve("dashboard.json")));
        List<String> expressions = found.results()
                .map(each -> each.group(1))
                .map(text -> text.substring(1, text.length() - 1).replace("\\\"", "\""))
                .map(text -> text.replace("$__rate_interval", "1m")
                        .replace("$job", ".*")
                        .replace("$instance", ".*"))
                .toList();
        assertThat(expressions).hasSizeGreaterThan(20).noneMatch(text -> text.contains("$"));
        return expressions;
    }
}
