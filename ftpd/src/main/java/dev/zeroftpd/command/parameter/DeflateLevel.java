package dev.zeroftpd.command.parameter;

import dev.zeroftpd.transfer.form.ModeZDeflation;
import java.util.OptionalInt;
import org.apache.ftpserver.impl.FtpIoSession;

/** The compression level that a session chose with {@code OPTS MODE Z LEVEL}, kept as a session attribute. */
public final class DeflateLevel {

    private static final String ATTRIBUTE = "dev.zeroftpd.deflate-level";

    private DeflateLevel() {}

    public static OptionalInt of(FtpIoSession session) {
        return OptionalInt.of((Integer) session.getAttribute(ATTRIBUTE, ModeZDeflation.DEFAULT_LEVEL));
    }

    static void set(FtpIoSession session, int level) {
        session.setAttribute(ATTRIBUTE, level);
    }
}
