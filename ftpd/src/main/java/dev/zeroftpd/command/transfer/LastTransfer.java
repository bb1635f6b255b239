package dev.zeroftpd.command.transfer;

import dev.zeroftpd.transfer.result.TransferResult;
import java.util.Optional;
import org.apache.ftpserver.impl.FtpIoSession;

/** How a session's last transfer went, kept for {@code SITE ZEROCOPY}. Immutable; kept as a session attribute. */
record LastTransfer(String verb, String path, TransferResult result) {

    private static final String ATTRIBUTE = "dev.zeroftpd.last-transfer";

    static void remember(FtpIoSession session, String verb, String path, TransferResult result) {
        session.setAttribute(ATTRIBUTE, new LastTransfer(verb, path, result));
    }

    static Optional<LastTransfer> of(FtpIoSession session) {
        return Optional.ofNullable((LastTransfer) session.getAttribute(ATTRIBUTE));
    }
}
