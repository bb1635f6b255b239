package dev.zeroftpd.it.hooks;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a server's configuration and the programs of its hooks, all of the user that the server serves as.
 *
 * @param path empty at first
 */
record HookFolder(Path path) {

    private static final String USER = "nobody";

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    /** Where programs may write behind the server's fence; found as {@code $OUT}. */
    Path out() {
        return path.resolve("state/out");
    }

    /** Writes a program of {@code lines} of a shell. */
    Path program(String name, String lines) throws IOException {
        Path programs = Files.createDirectories(path.resolve("programs"));
        Files.createDirectories(out());
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\nOUT='" + out() + "'\n" + lines + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** @param accountLines of users.properties, behind what the options say */
    ServerProcess start(ServerOptions options, String... accountLines) throws IOException {
        ServerOptions changed = ROOT ? options.with("process.user", USER) : options;
        ServerProcess.writeConfiguration(path, changed);
        Files.write(path.resolve("users.properties"), List.of(accountLines), StandardOpenOption.APPEND);
        give();
        return ServerProcess.startConfigured(path, changed);
    }

    /** To the user that the server becomes. */
    void give() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (ROOT) {
            Command.run(Path.of("/tmp"), "chown", "-R", USER + ":", path.toString())
                    .expectExit(0);
        }
    }

    /** The names of the files that programs have written, sorted. */
    List<String> written() throws IOException {
        return names(out());
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** False also for one that has ended and waits for its parent to notice. */
    static boolean isRunning(String process) throws IOException {
        try {
            return !Files.readString(Path.of("/proc", process, "stat")).contains(") Z ");
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    /** The lines that programs have appended to a file; none if it isn't there. */
    List<String> lines(String name) throws IOException {
        Path file = out().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
