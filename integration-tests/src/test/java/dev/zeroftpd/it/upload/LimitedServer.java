package dev.zeroftpd.it.upload;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts servers whose accounts have limits, and asks them what they have counted. Stateless. */
final class LimitedServer {

    private LimitedServer() {}

    /** @param limits lines of users.properties without their beginning: {@code alice.quota-bytes=10MiB} */
    static ServerProcess start(Path folder, ServerOptions options, String... limits) throws IOException {
        ServerProcess.writeConfiguration(folder, options);
        for (String limit : limits) {
            Files.writeString(
                    folder.resolve("users.properties"), "ftpserver.user." + limit + "\n", StandardOpenOption.APPEND);
        }
        return ServerProcess.startConfigured(folder, options);
    }

    static Map<String, Object> quota(ServerProcess server) throws IOException {
        return lines(server, "quota", Account.ALICE.name()).getFirst();
    }

    /** What a count of the home finds. */
    static Map<String, Object> scan(ServerProcess server) throws IOException {
        return lines(server, "quota", "scan", Account.ALICE.name()).getFirst();
    }

    @SuppressWarnings("unchecked") // the keys of JSON are texts
    static List<Map<String, Object>> lines(ServerProcess server, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(words));
        command.add("--json");
        String output = Operator.ftpd(server, command.toArray(new String[0]))
                .expectExit(0)
                .output();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Object each : JSON.std.listFrom(output)) {
            lines.add((Map<String, Object>) each);
        }
        return lines;
    }

    static long number(Map<String, Object> line, String field) {
        return ((Number) Objects.requireNonNull(line.get(field), field)).longValue();
    }

    /** Bytes of all files below the home, partials too. What is renamed meanwhile counts once. */
    static long bytesOnDisk(ServerProcess server) throws IOException {
        Map<Object, Long> sizes = new HashMap<>();
        Files.walkFileTree(server.home(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes status) {
                sizes.put(status.fileKey(), status.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
