package dev.zeroftpd.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses the log configuration. Must run before the first logger is made; one thread. */
final class LogConfiguration {

    /** Logback's own property; if it is set, the operator has chosen already. */
    private static final String PROPERTY = "logback.configurationFile";

    /** The same file as the shipped {@code config/logback.xml}, in the jar. */
    private static final String BUILT_IN = "dev/zeroftpd/cli/logback.xml";

    /** Logback's property for the class that hears of its own failures. Without one it writes them to standard output. */
    private static final String FAILURES = "logback.statusListenerClass";

    private LogConfiguration() {}

    /** Uses {@code config/logback.xml} of the installation, or the built-in one where there is none. */
    static void use(Path home) {
        if (System.getProperty(PROPERTY) == null) {
            Path installed = home.resolve("config").resolve("logback.xml");
            System.setProperty(PROPERTY, Files.isReadable(installed) ? installed.toString() : BUILT_IN);
        }
        if (System.getProperty(FAILURES) == null) {
            System.setProperty(FAILURES, LogFailures.class.getName());
        }
    }
}
