package dev.zeroftpd.hook;

import dev.zeroftpd.ops.LogText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a client is told of what a check of its upload said. Stateless; any thread that may wait for the disk. */
final class ToldReason {

    private static final String UNSAID = "Refused by the server's check of uploads";

    private ToldReason() {}

    /**
     * Programs like to name the file; its name on this machine is none of the client's business, nor is where its home is.
     *
     * @param said one line
     * @param file the name that the program was given
     * @param path the name that the program was told the file is to have
     * @param known the same as the client is told it: it may not know that its file gets another name
     */
    static String of(String said, String file, String path, String known) {
        String told = LogText.printable(said);
        Set<String> files = forms(file);
        for (String form : files) {
            told = told.replace(form, known);
        }
        for (String form : files) {
            String directory = directory(form);
            if (!directory.isEmpty()) {
                told = told.replace(directory, known.lastIndexOf('/') > 0 ? directory(known) : "/");
            }
            told = told.replace(name(form), name(known));
        }
        if (!known.equals(path)) {
            told = told.replace(LogText.printable(path), known).replace(LogText.printable(name(path)), name(known));
        }
        told = LogText.printable(told);
        for (String form : files) {
            String home = home(form, LogText.printable(known));
            if (!home.isEmpty() && told.contains(home)) {
                return UNSAID;
            }
        }
        return told.isEmpty() ? UNSAID : told;
    }

    /** As it can be in a line: a program may follow links before it names the file. */
    private static Set<String> forms(String file) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(LogText.printable(file));
        try {
            forms.add(LogText.printable(Path.of(file).toRealPath().toString()));
        } catch (IOException | InvalidPathException gone) {
            // then no program finds another name of it
        }
        return forms;
    }

    /** What is left of the directory without what the client knows of it. */
    private static String home(String file, String path) {
        String directory = directory(file);
        String known = directory(path);
        return directory.endsWith(known) ? directory.substring(0, directory.length() - known.length()) : directory;
    }

    /** Empty for the root. */
    private static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
