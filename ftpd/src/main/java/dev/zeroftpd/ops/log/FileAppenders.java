package dev.zeroftpd.ops.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/** Those of Logback's appenders that write files, also behind others. Stateless; any thread. */
public final class FileAppenders {

    private FileAppenders() {}

    /** Each once; none if the log goes to standard error only. */
    public static Set<FileAppender<?>> all() {
        Set<FileAppender<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (Logger logger : context.getLoggerList()) {
                add(logger.iteratorForAppenders(), found);
            }
        }
        return found;
    }

    private static void add(Iterator<? extends Appender<?>> appenders, Set<FileAppender<?>> found) {
        while (appenders.hasNext()) {
            Appender<?> appender = appenders.next();
            // asked first: with the usual configuration none of the other classes has to be loaded
            if (appender instanceof ConsoleAppender<?>) {
                continue;
            }
            if (appender instanceof FileAppender<?> file) {
                found.add(file);
            } else if (appender instanceof AppenderAttachable<?> others) {
                add(others.iteratorForAppenders(), found);
            }
        }
    }

    /** The files that they write now, absolute. */
    public static Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        for (FileAppender<?> appender : all()) {
            if (appender.getFile() != null) {
                files.add(Path.of(appender.getFile()).toAbsolutePath().normalize());
            }
        }
        return files;
    }
}
