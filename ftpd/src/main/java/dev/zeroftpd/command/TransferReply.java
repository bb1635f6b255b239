package dev.zeroftpd.command;

import java.util.Optional;
import org.apache.ftpserver.ftplet.DataTransferFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.jspecify.annotations.Nullable;

/** The reply that ends a transfer, with what Ftplets want to know of it. Immutable. */
final class TransferReply extends DefaultFtpReply implements DataTransferFtpReply {

    private final Optional<FtpReply> opening;
    private final @Nullable FtpFile file;
    private final long bytes;

    /**
     * The reply.
     *
     * @param opening the 150, if it goes out together with this
     */
    TransferReply(Optional<FtpReply> opening, int code, String message, @Nullable FtpFile file, long bytes) {
        super(code, message);
        this.opening = opening;
        this.file = file;
        this.bytes = bytes;
    }

    @Override
    public @Nullable FtpFile getFile() {
        return file;
    }

    /** The lines as they are sent. */
    @Override
    public String toString() {
        return opening.map(reply -> reply + super.toString()).orElseGet(super::toString);
    }

    @Override
    public long getBytesTransferred() {
        return bytes;
    }
}
