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
public final class ControlRequest implements FtpRequest {
    private final String line;
    private final String command;
    private final @Nullable String argument;
    private final long received;

    ControlRequest(String line, long receivedMillis) {
        this(line, receivedMillis, verb(line), behindBlank(line));
    }

    private ControlRequest(String line, long receivedMillis, String command, String argument) {
        this.line = line;
        this.received = receivedMillis;
        this.command = command;
        this.argument = argument.isEmpty() ? null : argument;
    }

    /**
     * For a verb whose argument begins with another one's name: {@code SITE CHMOD 644 a} is SITE CHMOD with {@code 644 a}.
     */
    public static FtpRequest behindVerb(FtpRequest whole) {
        String text = whole.getArgument();
        return new ControlRequest(
                whole.getRequestLine(),
                whole.getReceivedTime(),
                whole.getCommand() + " " + firstWord(text),
                behindBlank(text));
    }

    private static String verb(String line) {
        String word = firstWord(line);
        return word.length() > 1 && word.charAt(0) == 'X' ? word.substring(1) : word;
    }

    private static String firstWord(String text) {
        int blank = text.indexOf(' ');
        return (blank < 0 ? text : text.substring(0, blank)).toUpperCase(Locale.ROOT);
    }

    private static String behindBlank(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? "" : text.substring(blank + 1);
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
