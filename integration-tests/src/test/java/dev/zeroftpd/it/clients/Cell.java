package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.ServerUnderTest;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One client at one job: its folders on both ends and a tap on its control connections. Belongs to one thread.
 *
 * @param local an empty local folder of its own
 * @param remote an empty directory of its own on the server, as clients name it
 */
record Cell(Client client, ServerUnderTest server, ControlTap tap, Site site, Path local, String remote) {

    /** The directory, read by all cells, in which the files to get are. */
    static final String SOURCE = "/source";

    /** Where {@code path}, as clients name it, really is. */
    Path onServer(String path) {
        return server.home().resolve(path.substring(1));
    }

    String remote(String name) {
        return remote + "/" + name;
    }

    Path local(String name) {
        return local.resolve(name);
    }

    /** Asserts that the server's log has one transfer of {@code path} that ended well after {@code bytes} bytes. */
    void expectTransferred(String path, long bytes) {
        server.awaitLogLine(
                line -> line.contains("\"" + path + "\", " + bytes + " bytes") && line.endsWith("completed"));
    }

    /** Asserts that the client sent a command that begins so. */
    void expectSent(String beginning) {
        assertThat(tap.commands()).anyMatch(command -> command.startsWith(beginning));
    }

    static void expectSame(Path actual, Path expected) {
        assertThat(actual).hasSameBinaryContentAs(expected);
    }

    /** Waits until the server has no descriptor of the file any more. */
    void expectClosed(Path file) {
        await().atMost(Duration.ofSeconds(10)).until(() -> server.descriptorsOf(file) == 0);
    }

    List<String> serverNames() throws IOException {
        try (var names = Files.list(onServer(remote))) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }
}
