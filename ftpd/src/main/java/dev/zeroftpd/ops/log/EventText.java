package dev.zeroftpd.ops.log;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;

/**
 * The one line that tells people of an event: account, address, what was done, and how it ended. Nothing that a client chose
 * can look like another line, or like another part of this one. Stateless; any thread.
 */
final class EventText {

    private static final String NOBODY = "-";

    private EventText() {}

    static String line(Event event) {
        return switch (event.kind()) {
            case CONNECT -> stranger(event) + "CONNECT" + detail(event, " ");
            case REFUSED -> stranger(event) + "CONNECT refused" + detail(event, ": ");
            case LOGIN -> who(event) + "LOGIN " + (event.client().tls() ? "over TLS" : "in clear") + detail(event, " ");
            // the name stands behind the address and in quotes: it may be anything
            case LOGIN_FAILED ->
                stranger(event) + "LOGIN " + quoted(event.client().user()) + " failed" + detail(event, ": ");
            case LOGOUT -> who(event) + "LOGOUT" + detail(event, " after ");
            case UPLOAD, DOWNLOAD, LISTING -> transfer(event);
            case RENAME -> deed(event) + " to " + quoted(event.deed().to());
            case DELETE, MKDIR, RMDIR, ATTRIBUTES -> deed(event) + detail(event, ", ");
            case QUOTA_WARN -> "Quota of " + escaped(event.client().user()) + " nearly used up" + detail(event, ": ");
            case QUOTA_FULL -> "Quota of " + escaped(event.client().user()) + " exceeded" + detail(event, ": ");
            case BAN -> "Banned " + event.client().address() + detail(event, " for ");
            case UNBAN -> "Lifted the ban of " + event.client().address() + detail(event, " ");
            case KICK -> who(event) + "KICK" + detail(event, " ");
            case AUDIT -> who(event) + "PAGE" + detail(event, " ");
            case RELOAD, CERTIFICATE_EXPIRING, START, STOP -> detail(event, "");
        };
    }

    private static String stranger(Event event) {
        return NOBODY + " " + event.client().address() + " ";
    }

    private static String who(Event event) {
        String user = event.client().user();
        String address = event.client().address();
        return (user.isEmpty() ? NOBODY : escaped(user)) + " " + (address.isEmpty() ? NOBODY : address) + " ";
    }

    private static String deed(Event event) {
        return who(event) + event.deed().verb() + " " + quoted(event.deed().path());
    }

    /** Shortened afterwards too: a control character becomes six. */
    private static String escaped(String text) {
        return LogText.shortened(LogText.escape(text));
    }

    private static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    private static String detail(Event event, String before) {
        String detail = event.ending().inWords();
        return detail.isEmpty() ? "" : before + escaped(detail);
    }

    private static String transfer(Event event) {
        if (event.ending() instanceof Ending.Transferred(TransferResult result, boolean _)) {
            // concatenated by hand: a format string costs a small file a hundredth of all its processor time
            return deed(event)
                    + ", " + result.bytes() + " bytes" + result.transmittedRemark() + ", "
                    + result.seconds() + " s, "
                    + megabytesPerSecond(result) + " MB/s, "
                    + way(result.way(), event.client().tls()) + ", "
                    + escaped(event.ending().inWords());
        }
        return deed(event) + ", 0 bytes, 0.000 s, 0.0 MB/s, none, refused" + detail(event, ": ");
    }

    /** Downloads over TLS stream because of it; what streams anyway says it in addition. */
    private static String way(Way way, boolean tls) {
        boolean told = !tls || way.equals(Way.streamed(StreamReason.TLS));
        return told ? way.describe() : way.describe() + " over TLS";
    }

    /** With one decimal. */
    private static String megabytesPerSecond(TransferResult result) {
        double seconds = result.elapsed().toNanos() / 1e9;
        long tenths = seconds > 0 ? Math.round(result.bytes() / 1e5 / seconds) : 0;
        return tenths / 10 + "." + tenths % 10;
    }
}
