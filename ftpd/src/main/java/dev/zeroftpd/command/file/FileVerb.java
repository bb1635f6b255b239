package dev.zeroftpd.command.file;

import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;

/**
 * What one verb does with files in a home that our storage serves; {@link FileCommand} does what such verbs have in
 * common.
 */
@FunctionalInterface
public interface FileVerb {

    /** Does it and tells the reply; what storage refuses is thrown. Runs on the session's mailbox. */
    FtpReply run(Request request) throws IOException;

    /**
     * One use of the verb.
     *
     * @param need what the verb needs of the account
     * @param line the verb by its row's name, and what follows it
     */
    record Request(FtpIoSession session, FtpServerContext context, SessionFileSystem home, Need need, FtpRequest line) {

        /** What follows the verb; empty if nothing does. */
        public String argument() {
            return line.hasArgument() ? line.getArgument() : "";
        }

        String verb() {
            return line.getCommand();
        }

        /** The path that the whole argument means, if the account may do there what the verb does. */
        public VirtualPath path() throws IOException {
            return path(argument());
        }

        /** The same for a part of the argument. */
        VirtualPath path(String name) throws IOException {
            return need.path(home, name);
        }

        /** The path for Ftplets and statistics. */
        FtpFile file(VirtualPath path) {
            return home.getFile(path.text());
        }

        /** Tells those who follow events that it was done. */
        void tell(EventKind kind, VirtualPath path, String detail) {
            if (SessionEvents.wants(session, kind)) {
                SessionEvents.publish(session, kind, Event.Deed.of(verb(), path.text()), new Ending.Done(detail));
            }
        }

        ServerFtpStatistics statistics() {
            return (ServerFtpStatistics) context.getFtpStatistics();
        }
    }
}
