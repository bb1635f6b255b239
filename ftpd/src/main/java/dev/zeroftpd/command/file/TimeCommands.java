package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * MDTM (RFC 3659, section 3), MFMT (draft-somers-ftp-mfxx, section 3) and SITE UTIME. Stateless; they run on the session's
 * mailbox.
 */
public final class TimeCommands {

    private static final int UTIME_WORDS_AFTER_NAME = 4;

    private TimeCommands() {}

    public static FtpReply modified(FileVerb.Request request) throws IOException {
        return Reply.of(FtpReply.REPLY_213_FILE_STATUS, TimeValue.format(time(request)));
    }

    /** MDTM as Apache FtpServer answers it. */
    public static FtpReply modifiedToTheMillisecond(FileVerb.Request request) throws IOException {
        return Reply.of(FtpReply.REPLY_213_FILE_STATUS, TimeValue.formatMilliseconds(time(request)));
    }

    private static Instant time(FileVerb.Request request) throws IOException {
        return request.home().metadata(request.path(), false).modified();
    }

    public static FtpReply setModified(FileVerb.Request request) throws IOException {
        String argument = request.argument();
        int space = argument.indexOf(' ');
        Optional<Instant> time = space < 0 ? Optional.empty() : TimeValue.parse(argument.substring(0, space));
        if (time.isEmpty() || space + 1 == argument.length()) {
            return badArgument(request);
        }
        VirtualPath path = set(request, argument.substring(space + 1), time.get());
        return new FileReply(
                FtpReply.REPLY_213_FILE_STATUS,
                "Modify=" + TimeValue.format(time.get()) + "; " + path,
                request.file(path));
    }

    /** Both forms that are in use: {@code time path}, and {@code path atime mtime ctime UTC}. */
    public static FtpReply site(FileVerb.Request request) throws IOException {
        String argument = request.argument();
        int space = argument.indexOf(' ');
        Optional<Instant> time = space < 0 ? Optional.empty() : TimeValue.parse(argument.substring(0, space));
        String name = argument.substring(space + 1);
        if (argument.endsWith(" UTC")) {
            String[] words = argument.split(" ", -1);
            int modified = words.length - UTIME_WORDS_AFTER_NAME + 1;
            if (modified >= 2) {
                time = TimeValue.parse(words[modified]);
                name = String.join(" ", Arrays.copyOf(words, modified - 1));
            }
        }
        if (time.isEmpty() || name.isEmpty()) {
            return badArgument(request);
        }
        VirtualPath path = set(request, name, time.get());
        return new FileReply(
                FtpReply.REPLY_200_COMMAND_OKAY,
                "Time of " + path + " is " + TimeValue.format(time.get()) + ".",
                request.file(path));
    }

    private static VirtualPath set(FileVerb.Request request, String name, Instant time) throws IOException {
        VirtualPath path = request.path(name);
        request.home().storage().setModified(path, time);
        request.tell(EventKind.ATTRIBUTES, path, "modified " + TimeValue.format(time));
        return path;
    }

    private static FtpReply badArgument(FileVerb.Request request) {
        return Reply.of(
                FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS,
                request.verb() + " takes YYYYMMDDhhmmss and a path.");
    }
}
