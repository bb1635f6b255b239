package dev.zeroftpd.command.file;

import dev.zeroftpd.command.listing.HomeTilde;
import dev.zeroftpd.control.reply.Reply;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpReply;

/** CWD, CDUP, PWD, MKD and RMD (RFC 959, sections 4.1.1 and 4.1.3). Stateless; they run on the session's mailbox. */
public final class DirectoryCommands {

    private DirectoryCommands() {}

    public static FtpReply changeTo(FileVerb.Request request) throws IOException {
        SessionFileSystem home = request.home();
        return changeTo(home, home.resolve(HomeTilde.expand(request.argument(), name -> exists(home, name))));
    }

    private static boolean exists(SessionFileSystem home, String name) {
        try {
            VirtualPath path = home.resolve(name);
            if (!home.reveals(path)) {
                return false;
            }
            home.storage().entry(path);
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    public static FtpReply changeUp(FileVerb.Request request) throws IOException {
        SessionFileSystem home = request.home();
        return changeTo(home, home.workingDirectoryPath().parent());
    }

    private static FtpReply changeTo(SessionFileSystem home, VirtualPath directory) throws IOException {
        home.changeWorkingDirectory(directory);
        return new FileReply(
                FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY,
                "Now in " + directory + ".",
                home.getFile(directory.text()));
    }

    /** Doesn't use the file system, so it never blocks. */
    public static FtpReply print(FileVerb.Request request) {
        VirtualPath directory = request.home().workingDirectoryPath();
        return Reply.of(FtpReply.REPLY_257_PATHNAME_CREATED, quoted(directory) + " is the current directory.");
    }

    public static FtpReply make(FileVerb.Request request) throws IOException {
        VirtualPath path = request.path();
        request.home().storage().createDirectory(path);
        request.statistics().setMkdir(request.session(), request.file(path));
        request.tell(EventKind.MKDIR, path, "");
        return new FileReply(FtpReply.REPLY_257_PATHNAME_CREATED, quoted(path) + " created.", request.file(path));
    }

    public static FtpReply remove(FileVerb.Request request) throws IOException {
        VirtualPath path = request.path();
        request.home().removeDirectory(path);
        request.statistics().setRmdir(request.session(), request.file(path));
        request.tell(EventKind.RMDIR, path, "");
        return new FileReply(
                FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY, "Removed " + path + ".", request.file(path));
    }

    /** RFC 959, appendix II: a quotation mark in the name is doubled. */
    private static String quoted(VirtualPath path) {
        return '"' + path.text().replace("\"", "\"\"") + '"';
    }
}
