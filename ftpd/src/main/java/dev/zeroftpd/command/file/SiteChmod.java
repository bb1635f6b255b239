package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.ftpserver.ftplet.FtpReply;

/** SITE CHMOD: what owner, group and others may do. Stateless; runs on the session's mailbox. */
public final class SiteChmod implements FileVerb {

    @Override
    public FtpReply run(Request request) throws IOException {
        String[] words = request.argument().split(" ", 2);
        OptionalInt mode = Permissions.parse(words[0]);
        if (words.length < 2 || words[1].isEmpty() || mode.isEmpty()) {
            return Reply.of(
                    FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                    request.verb() + " takes a mode like 644 and a path.");
        }
        VirtualPath path = request.path(words[1]);
        request.home().storage().setPermissions(path, mode.getAsInt());
        request.tell(EventKind.ATTRIBUTES, path, "mode " + words[0]);
        return new FileReply(
                FtpReply.REPLY_200_COMMAND_OKAY, "Mode of " + path + " is " + words[0] + ".", request.file(path));
    }
}
