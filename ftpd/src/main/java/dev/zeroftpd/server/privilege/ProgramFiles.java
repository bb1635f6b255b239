package dev.zeroftpd.server.privilege;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that the server itself consists of: Java opens some of them only when a client first needs them. Stateless. */
final class ProgramFiles {

    /** Where the libraries of a jar are, beside it. */
    private static final String LIBRARIES = "lib";

    private ProgramFiles() {}

    /** One that the user of this process can't read; empty if it can read all of them. */
    static Optional<Path> unreadable() {
        List<Path> files = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "lib", "modules")));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            files.add(path);
            files.addAll(beside(path));
        }
        return files.stream().filter(file -> !Files.isReadable(file)).findFirst();
    }

    private static List<Path> beside(Path jar) {
        Path libraries = jar.resolveSibling(LIBRARIES);
        List<Path> files = new ArrayList<>();
        if (Files.isRegularFile(jar) && Files.isDirectory(libraries)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, "*.jar")) {
                jars.forEach(files::add);
            } catch (IOException e) {
                files.add(libraries); // it can't be read either
            }
        }
        return files;
    }
}
