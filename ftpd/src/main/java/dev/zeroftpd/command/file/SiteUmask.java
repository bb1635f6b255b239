package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * SITE UMASK: shows or changes the permission bits that new files and directories of this login don't get. Stateless;
 * runs on the session's mailbox.
 */
public final class SiteUmask implements FileVerb {

    /** As {@code umask} of a shell takes it. */
    private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,3}");

    @Override
    public FtpReply run(Request request) throws IOException {
        Storage storage = request.home().storage();
        OptionalInt umask = storage.umask();
        String wanted = request.argument().strip();
        if (umask.isEmpty()) {
            return Reply.of(
                    FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER,
                    "Files have no permissions here, so there is no umask.");
        }
        if (wanted.isEmpty()) {
            return told(umask.getAsInt());
        }
        if (!OCTAL.matcher(wanted).matches()) {
            return Reply.of(
                    FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                    "SITE UMASK takes octal digits from 000 to 777, such as 027.");
        }
        request.need().ask(request.home(), VirtualPath.ROOT); // it holds everywhere, not only in this directory
        int chosen = Integer.parseInt(wanted, 8);
        storage.setUmask(chosen);
        return told(chosen);
    }

    private static FtpReply told(int umask) {
        return Reply.of(
                FtpReply.REPLY_200_COMMAND_OKAY,
                String.format(
                        Locale.ROOT,
                        "The umask is %03o: new files get %03o, new directories %03o.",
                        umask,
                        0666 & ~umask,
                        0777 & ~umask));
    }
}
