package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads files of other servers. Stateless; any thread. */
final class ForeignLines {

    /** Hundreds of thousands of accounts. */
    private static final long LARGEST = 256L << 20;

    private ForeignLines() {}

    static List<String> read(Path file) throws ConfigException {
        return text(file).lines().toList();
    }

    static String text(Path file) throws ConfigException {
        try {
            if (Files.size(file) > LARGEST) {
                throw problem(file, "is larger than 256 MiB", "take the accounts out of it, in several files", null);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return latin(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Old files have names in Latin-1 at times. */
    private static String latin(Path file) throws ConfigException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ConfigException unreadable(Path file, IOException cause) {
        return problem(file, "can't be read: " + FailureReason.of(cause), "name the file to import", cause);
    }

    static ConfigException problem(Path file, String what, String remedy, @Nullable Exception cause) {
        ConfigException problem = new ConfigException(Problem.inFile(file, what, remedy));
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }

    /** Fields between colons, empty ones at the end too. */
    static List<String> fields(String line) {
        return List.of(line.split(":", -1));
    }
}
