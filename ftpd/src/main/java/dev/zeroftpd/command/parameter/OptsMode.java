package dev.zeroftpd.command.parameter;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.transfer.form.ModeZDeflation;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** OPTS MODE Z LEVEL: how hard MODE Z compresses (draft-preston-ftpext-deflate, section 3). Never blocks. */
public final class OptsMode implements Command {

    private static final Pattern LEVEL = Pattern.compile("MODE Z LEVEL (\\d)", Pattern.CASE_INSENSITIVE);

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        Matcher matcher = LEVEL.matcher(request.getArgument().strip());
        if (!matcher.matches()) {
            Replies.badArgument(
                    session,
                    "Only MODE Z LEVEL and a number from " + ModeZDeflation.LOWEST_LEVEL + " to "
                            + ModeZDeflation.HIGHEST_LEVEL + ".");
            return;
        }
        int level = Integer.parseInt(matcher.group(1));
        DeflateLevel.set(session, level);
        Replies.okay(session, String.format(Locale.ROOT, "MODE Z LEVEL set to %d.", level));
    }
}
