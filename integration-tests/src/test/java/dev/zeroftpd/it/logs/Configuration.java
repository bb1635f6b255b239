package dev.zeroftpd.it.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Edits the configuration of a server that runs. Stateless. */
final class Configuration {

    private Configuration() {}

    static void replace(Path folder, String before, String after) throws IOException {
        Path file = folder.resolve("ftpd.properties");
        String text = Files.readString(file);
        if (!text.contains(before)) {
            throw new IllegalArgumentException("the configuration has no " + before);
        }
        Files.writeString(file, text.replace(before, after));
    }
}
