package dev.zeroftpd.it.logs;

import dev.zeroftpd.it.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped logback.xml with all of its files switched on, as its comments say. Immutable. */
record LogConfiguration(String text) {

    static LogConfiguration withFiles() throws IOException {
        String shipped = Files.readString(Checkout.ROOT.resolve("config/logback.xml"));
        return new LogConfiguration(shipped.replaceAll("<!-- (<appender-ref [^>]*/>) -->", "$1")
                .replaceAll("<!-- (<logger .*</logger>) -->", "$1"));
    }

    LogConfiguration with(String before, String after) {
        if (!text.contains(before)) {
            throw new IllegalArgumentException("logback.xml has no " + before);
        }
        return new LogConfiguration(text.replace(before, after));
    }

    /** Puts it where a server that is started in the folder looks for it; its files are then in {@code log}. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/logback.xml"), text);
    }
}
