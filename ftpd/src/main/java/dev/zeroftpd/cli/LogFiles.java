package dev.zeroftpd.cli;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.LengthCounter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import dev.zeroftpd.ops.log.FileAppenders;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of the log anew, under their names of the configuration: somebody may have renamed those that are open, as
 * logrotate does. No line is lost. Stateless; any thread.
 */
final class LogFiles {

    private LogFiles() {}

    static void reopen() {
        FileAppenders.all().stream().filter(FileAppender::isStarted).forEach(LogFiles::reopen);
    }

    private static void reopen(FileAppender<?> appender) {
        try {
            appender.setAppend(true); // "append" false is for the start: a file that wasn't renamed must not be lost
            appender.openFile(appender.getFile());
            if (appender instanceof RollingFileAppender<?> rolling) {
                countFrom(new File(appender.getFile()).length(), rolling.getTriggeringPolicy());
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(LogFiles.class)
                    .error("The log file {} can't be opened anew: {}", appender.getFile(), e.getMessage());
        }
    }

    /** Policies that go by size count what was written, and don't know of another file. */
    private static void countFrom(long length, TriggeringPolicy<?> policy) {
        @Nullable LengthCounter counter = policy.getLengthCounter();
        if (counter != null) {
            counter.reset();
            counter.add(length);
        }
    }
}
