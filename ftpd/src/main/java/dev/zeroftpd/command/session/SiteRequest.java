package dev.zeroftpd.command.session;

import java.util.Locale;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.jspecify.annotations.Nullable;

/** The text after SITE as a request of its own: {@code SITE CHMOD 644 a} is CHMOD with {@code 644 a}. Immutable. */
final class SiteRequest implements FtpRequest {

    private final FtpRequest whole;
    private final String command;
    private final @Nullable String argument;

    SiteRequest(FtpRequest whole) {
        this.whole = whole;
        String[] words = whole.getArgument().split(" ", 2);
        this.command = "SITE " + words[0].toUpperCase(Locale.ROOT);
        this.argument = words.length < 2 || words[1].isEmpty() ? null : words[1];
    }

    @Override
    public String getRequestLine() {
        return whole.getRequestLine();
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
        return whole.getReceivedTime();
    }
}
