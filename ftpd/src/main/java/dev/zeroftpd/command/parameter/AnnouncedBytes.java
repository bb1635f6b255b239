package dev.zeroftpd.command.parameter;

import java.util.OptionalLong;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/**
 * How long the file of the next STOR or STOU is, as ALLO has said (RFC 959, section 4.1.3), kept as a session attribute.
 * Stateless; runs on the session's mailbox.
 */
public final class AnnouncedBytes {

    private static final String ATTRIBUTE = "dev.zeroftpd.announced";

    private AnnouncedBytes() {}

    static void set(FtpIoSession session, long bytes) {
        session.setAttribute(ATTRIBUTE, bytes);
    }

    /** What was announced; it holds once. Empty in TYPE A, too: what becomes of line ends is not known before. */
    public static OptionalLong take(FtpIoSession session) {
        @Nullable Long bytes = (Long) session.removeAttribute(ATTRIBUTE);
        return bytes == null || session.getDataType() == DataType.ASCII ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
