package dev.zeroftpd.command.verb;

import dev.zeroftpd.control.SessionEvents;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Locale;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;

/** Tells those who follow events that a transfer was refused before it began. Stateless; runs on the session's mailbox. */
final class RefusalEvents {

    private RefusalEvents() {}

    static void publish(FtpIoSession session, FtpRequest request, EventKind kind, FtpReply reply) {
        if (SessionEvents.wants(session, kind)) {
            String name = request.hasArgument() ? request.getArgument() : "";
            SessionEvents.publishTransfer(
                    session,
                    kind,
                    session.getDataConnection().isSecure(),
                    Event.Deed.of(request.getCommand().toUpperCase(Locale.ROOT), path(session, name)),
                    new Ending.Refused("", reply.getCode() + " " + reply.getMessage()));
        }
    }

    /** What the name means; as the client wrote it where it means nothing. */
    private static String path(FtpIoSession session, String name) {
        try {
            return !name.isEmpty() && session.getFileSystemView() instanceof SessionFileSystem home
                    ? home.resolve(name).text()
                    : name;
        } catch (IOException invalid) {
            return name;
        }
    }
}
