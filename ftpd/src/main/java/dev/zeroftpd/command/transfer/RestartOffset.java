package dev.zeroftpd.command.transfer;

import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.upload.StartPosition;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.form.AsciiLength;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * Where REST said that an upload goes on. Immutable.
 *
 * @param transmitted bytes as they travel, 0 or more: in TYPE A other ones than the file's (RFC 3659, section 5.3)
 */
record RestartOffset(long transmitted, boolean ascii) implements StartPosition {

    static RestartOffset of(FtpIoSession session) {
        return new RestartOffset(session.getFileOffset(), session.getDataType() == DataType.ASCII);
    }

    boolean isZero() {
        return transmitted == 0;
    }

    /** Whether {@link #in} has to read the file. */
    boolean isCounted() {
        return ascii && transmitted > 0;
    }

    @Override
    public OptionalLong in(FileSource existing) throws IOException {
        if (!ascii) {
            return StartPosition.bytes(transmitted).in(existing);
        }
        if (transmitted / 2 > existing.size()) {
            return OptionalLong.empty(); // no byte becomes more than two
        }
        if (AsciiLength.isTooMuch(Math.min(transmitted, existing.size()))) {
            throw new StorageException(
                    StorageException.Kind.BEYOND_END,
                    "A restart so far behind the beginning can't be counted in TYPE A; use TYPE I");
        }
        try (ReadableByteChannel text = existing.streamFrom(0)) {
            return AsciiLength.localOffset(text, transmitted);
        }
    }
}
