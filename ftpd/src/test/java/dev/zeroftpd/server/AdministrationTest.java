package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.admin.http.AdminServer;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health is told in each phase of a server's life. */
class AdministrationTest {

    @TempDir
    Path folder;

    @Test
    void isReadyOnlyWhileTheListenersAcceptAndSaysWhyNot() throws Exception {
        LoadedSettings loaded = settings();
        AdminServer http = AdminPort.bind(loaded).orElseThrow();
        try (ServerParts parts = ServerParts.build(
                        loaded.settings(),
                        Optional.empty(),
                        AccountUserManager.read(loaded.settings().users()),
                        Optional.empty());
                HttpClient client = HttpClient.newHttpClient()) {
            Onlooker onlooker = Administration.begin(http, parts);
            URI ready = URI.create(http.address() + "health/ready");

            assertAnswer(client, ready, 503, "starting\n");
            assertThat(ask(client, URI.create(http.address() + "metrics")).statusCode())
                    .isEqualTo(200);
            onlooker.listening(new DefaultFtpServer(parts.context()));
            assertAnswer(client, ready, 200, "ready\n");
            onlooker.draining();
            assertAnswer(client, ready, 503, "draining\n");
            onlooker.ended();
            parts.events().close();
        } finally {
            http.close();
        }
    }

    private static void assertAnswer(HttpClient client, URI where, int status, String body) throws Exception {
        HttpResponse<String> answer = ask(client, where);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    private static HttpResponse<String> ask(HttpClient client, URI where) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(where).build(), HttpResponse.BodyHandlers.ofString());
    }

    private LoadedSettings settings() throws Exception {
        Files.createFile(folder.resolve("users.properties"));
        Path file = Files.writeString(
                folder.resolve("ftpd.properties"),
                "users.file=users.properties\nstate.directory=state\nlistener.port=0\nadmin.http=127.0.0.1:0\n");
        return SettingsLoader.load(SettingsSources.ofFile(file));
    }
}
