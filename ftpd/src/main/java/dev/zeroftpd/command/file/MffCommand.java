package dev.zeroftpd.command.file;

import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * MFF: changes facts of a file (draft-somers-ftp-mfxx, section 5): the time of its last change, and what owner, group and
 * others may do. Nothing changes unless all facts are understood. Stateless; runs on the session's mailbox.
 */
public final class MffCommand implements FileVerb {

    /** As FEAT lists them. */
    public static final String FACTS = "Modify;UNIX.mode;";

    /** What the client asks for. */
    private record Wanted(Optional<Instant> modified, OptionalInt mode) {}

    @Override
    public FtpReply run(Request request) throws IOException {
        String argument = request.argument();
        int space = argument.indexOf(' ');
        if (space <= 0 || space + 1 == argument.length() || argument.charAt(space - 1) != ';') {
            return bad(request.verb() + " takes facts like Modify=YYYYMMDDhhmmss; and a path.");
        }
        Optional<Wanted> wanted = parse(argument.substring(0, space));
        if (wanted.isEmpty()) {
            return Reply.of(
                    FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER,
                    request.verb() + " changes only " + FACTS);
        }
        VirtualPath path = request.path(argument.substring(space + 1));
        String changed = change(request.home().storage(), path, wanted.get());
        request.tell(EventKind.ATTRIBUTES, path, changed);
        return new FileReply(FtpReply.REPLY_213_FILE_STATUS, changed + " " + path, request.file(path));
    }

    private static Optional<Wanted> parse(String facts) {
        Optional<Instant> modified = Optional.empty();
        OptionalInt mode = OptionalInt.empty();
        for (String fact : facts.substring(0, facts.length() - 1).split(";", -1)) {
            int equals = fact.indexOf('=');
            String name = equals < 0 ? "" : fact.substring(0, equals).toLowerCase(Locale.ROOT);
            String value = fact.substring(equals + 1);
            switch (name) {
                case "modify" -> modified = TimeValue.parse(value);
                case "unix.mode" -> mode = Permissions.parse(value);
                default -> {
                    return Optional.empty();
                }
            }
            if (name.equals("modify") ? modified.isEmpty() : mode.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Wanted(modified, mode));
    }

    private static String change(Storage storage, VirtualPath path, Wanted wanted) throws IOException {
        List<String> done = new ArrayList<>();
        if (wanted.modified().isPresent()) {
            Instant time = wanted.modified().get();
            storage.setModified(path, time); // before the mode: the file system may refuse the time
            done.add("Modify=" + TimeValue.format(time) + ";");
        }
        if (wanted.mode().isPresent()) {
            int mode = wanted.mode().getAsInt();
            storage.setPermissions(path, mode);
            done.addFirst(String.format(Locale.ROOT, "UNIX.mode=%04o;", mode));
        }
        return String.join("", done);
    }

    private static FtpReply bad(String text) {
        return Reply.of(FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, text);
    }
}
