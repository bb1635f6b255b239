package dev.zeroftpd.control;

import java.util.Locale;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One command line. Immutable.
 *
 * <p>Unlike the stock request it keeps the blanks at the end, because they may belong to a file's name. Like it, it
 * drops a leading X of the verb (XCRC is found as CRC, XPWD as PWD).
 */
final class ControlRequest implements FtpRequest {
    private final String line;
    private final String command;
    private final @Nullable String argument;
    private final long received;

    ControlRequest(String line, long receivedMillis) {
        this.line = line;
        this.received = receivedMillis;
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        this.command = verb.length() > 1 && verb.charAt(0) == 'X' ? verb.substring(1) : verb;
        String rest = space < 0 ? "" : line.substring(space + 1);
        this.argument = rest.isEmpty() ? null : rest;
    }

    @Override
    public String getRequestLine() {
        return line;
    }

    @Override
    public String getCommand() {
        return command;
    }

    @Override
    @SuppressWarnings("NullAway") // Apache FtpServer's contract: null if there is none
    public String getArgument() {
        return argument;
    }

    @Override
    public boolean hasArgument() {
        return argument != null;
    }

    @Override
    public long getReceivedTime() {
        return received;
    }

    /** The verb only: an argument may be a password. */
    @Override
    public String toString() {
        return command;
    }
}
