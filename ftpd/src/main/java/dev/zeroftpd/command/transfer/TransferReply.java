package dev.zeroftpd.command.transfer;

import org.apache.ftpserver.ftplet.DataTransferFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/** The reply that ends a transfer, with what Ftplets want to know of it. Immutable. */
final class TransferReply extends DefaultFtpReply implements DataTransferFtpReply {

    private final @Nullable FtpFile file;
    private final long bytes;

    TransferReply(int code, String message, @Nullable FtpFile file, long bytes) {
        super(code, message);
        this.file = file;
        this.bytes = bytes;
    }

    @Override
    public @Nullable FtpFile getFile() {
        return file;
    }

    @Override
    public long getBytesTransferred() {
        return bytes;
    }
}
