package dev.zeroftpd.it.accounts;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A folder with a server whose log-ins are checked elsewhere, all of the user that the server serves as.
 *
 * @param path empty at first
 */
record CheckedServer(Path path) {

    private static final String USER = "nobody";

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    /** Where programs may write behind the server's fence; found as {@code $OUT}. */
    Path out() {
        return path.resolve("state/out");
    }

    Path home(String name) throws IOException {
        return Files.createDirectories(path.resolve("homes").resolve(name));
    }

    /** Writes a program of {@code lines} of a shell. */
    Path program(String lines) throws IOException {
        Path programs = Files.createDirectories(path.resolve("programs"));
        Files.createDirectories(out());
        Path program = Files.writeString(
                programs.resolve("check"),
                "#!/bin/sh\nOUT='" + out() + "'\nHOMES='" + path.resolve("homes") + "'\n" + lines + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** Starts it with these accounts, beside a home. */
    ServerProcess start(ServerOptions options, String accounts) throws IOException {
        home("ada");
        ServerOptions changed = AccountsFile.options(
                path,
                (ROOT ? options.with("process.user", USER) : options)
                        .with("process.sandbox-paths", path.resolve("homes").toString()),
                accounts);
        ServerProcess.writeConfiguration(path, changed);
        give();
        return ServerProcess.startConfigured(path, changed);
    }

    private void give() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (ROOT) {
            Command.run(Path.of("/tmp"), "chown", "-R", USER + ":", path.toString())
                    .expectExit(0);
        }
    }

    /** Replaces a part of the accounts; the file stays the user's. */
    void edit(String from, String to) throws IOException {
        Path file = path.resolve("accounts.properties");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    /** The lines that programs have appended to a file; none if it isn't there. */
    List<String> lines(String name) throws IOException {
        Path file = out().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
