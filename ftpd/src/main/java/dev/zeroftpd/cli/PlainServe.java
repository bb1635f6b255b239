package dev.zeroftpd.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * {@code ftpd serve} with nothing but its own options, read without picocli. Immutable; any thread.
 *
 * <p>Picocli's classes have the format of Java 5, which the JVM verifies in the old, slow way and can't keep in an
 * ahead-of-time cache: reading a command line with it takes several times as long as the rest of the start. This class
 * reads the one command line that matters for the start; everything else, including mistakes and {@code --help}, is
 * left to picocli.
 */
record PlainServe(Optional<Path> file, List<String> assignments) {

    static Optional<PlainServe> of(String... arguments) {
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        if (!rest.hasNext() || !rest.next().equals("serve")) {
            return Optional.empty();
        }
        Optional<Path> file = Optional.empty();
        List<String> assignments = new ArrayList<>();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                return Optional.empty();
            }
            String value = rest.next();
            if (value.startsWith("-")) {
                return Optional.empty();
            }
            switch (option) {
                case "--config", "-c" -> {
                    if (file.isPresent()) {
                        return Optional.empty();
                    }
                    file = Optional.of(Path.of(value));
                }
                case "--set", "-s" -> assignments.add(value);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new PlainServe(file, assignments));
    }
}
