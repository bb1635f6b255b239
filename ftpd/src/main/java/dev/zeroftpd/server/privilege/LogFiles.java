package dev.zeroftpd.server.privilege;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/** The files that the log of this process goes to. Stateless; any thread. */
final class LogFiles {

    private LogFiles() {}

    /** Those that are open now, absolute; none if the log goes to standard error only. */
    static Set<Path> open() {
        Set<Path> files = new TreeSet<>();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (Logger logger : context.getLoggerList()) {
                add(logger.iteratorForAppenders(), files);
            }
        }
        return files;
    }

    private static void add(Iterator<Appender<ILoggingEvent>> appenders, Set<Path> files) {
        while (appenders.hasNext()) {
            Appender<ILoggingEvent> appender = appenders.next();
            // asked first: with the usual configuration none of the other classes has to be loaded
            if (appender instanceof ConsoleAppender<?>) {
                continue;
            }
            if (appender instanceof FileAppender<?> file && file.getFile() != null) {
                files.add(Path.of(file.getFile()).toAbsolutePath().normalize());
            } else if (appender instanceof AppenderAttachable<?>) {
                @SuppressWarnings("unchecked") // an appender of events has appenders of events behind it
                AppenderAttachable<ILoggingEvent> behind = (AppenderAttachable<ILoggingEvent>) appender;
                add(behind.iteratorForAppenders(), files);
            }
        }
    }
}
