package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** LANG (RFC 2640, section 4.1). Replies are in English, the default of the RFC. Never blocks. */
public final class LangCommand implements Command {

    /** RFC 1766, section 2. */
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[a-z]{1,8}(-[a-z0-9]{1,8})*");

    private static final Pattern ENGLISH = Pattern.compile("en(-[a-z0-9]{1,8})*");

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String language = request.hasArgument() ? request.getArgument().strip().toLowerCase(Locale.ROOT) : "en";
        if (ENGLISH.matcher(language).matches()) {
            session.setLanguage("en");
            Replies.okay(session, "Replies are in English.");
        } else if (!LANGUAGE_TAG.matcher(language).matches()) {
            Replies.badArgument(session, "LANG takes a language like EN.");
        } else {
            Replies.notOffered(session, "Replies are in English only.");
        }
    }
}
