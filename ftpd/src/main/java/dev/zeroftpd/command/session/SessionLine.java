package dev.zeroftpd.command.session;

import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.control.view.TransferView;
import dev.zeroftpd.ops.LogText;
import java.time.temporal.ChronoUnit;

/** A session in one line of a reply, for administrators: what {@code ftpd who} has of it. Stateless; any thread. */
final class SessionLine {

    private SessionLine() {}

    static String of(SessionView session) {
        StringBuilder line = new StringBuilder()
                .append(session.session())
                .append(' ')
                .append(session.user().map(LogText::escape).orElse("-"))
                .append(' ')
                .append(session.address().getHostAddress())
                .append(" since ")
                .append(session.since().truncatedTo(ChronoUnit.SECONDS))
                .append(session.tls() ? ", TLS" : ", in clear")
                .append(", idle ")
                .append(session.idle().toSeconds())
                .append(" s");
        session.directory().ifPresent(path -> line.append(", in ").append(quoted(path)));
        session.transfer().ifPresent(transfer -> line.append(", ").append(text(transfer)));
        return line.toString();
    }

    private static String text(TransferView transfer) {
        String size = transfer.size().isPresent() ? " of " + transfer.size().getAsLong() : "";
        return transfer.verb() + ' ' + quoted(transfer.path()) + ' ' + transfer.bytes() + size + " bytes, "
                + transfer.bytesPerSecond() + " bytes/s"
                + transfer.way().map(way -> ", " + way.describe()).orElse("");
    }

    private static String quoted(String path) {
        return '"' + LogText.shortened(LogText.escape(path)) + '"';
    }
}
