package dev.zeroftpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the tests that documents name, as in {@code LoginIT#logsInOnceAndAnewWithUser}. Stateless. */
final class NamedTests {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A class and one of its tests. */
    static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");

    private static final List<Path> FOLDERS = List.of(
            ROOT.resolve("ftpd/src/test/java"),
            ROOT.resolve("integration-tests/src/test/java"),
            ROOT.resolve("plugins/ldap/src/test/java"),
            ROOT.resolve("plugins/sql/src/test/java"));

    private NamedTests() {}

    /** The source of a test class, in whichever package it is. */
    static String source(String className) throws IOException {
        return Files.readString(sources().stream()
                .filter(file -> file.getFileName().toString().equals(className + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no test class " + className)));
    }

    /** Every source file of the tests. */
    static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.getFileName().toString().endsWith(".java"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
