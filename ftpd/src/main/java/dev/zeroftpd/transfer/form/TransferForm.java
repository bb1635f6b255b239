package dev.zeroftpd.transfer.form;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalInt;

/**
 * The form that bytes have on the data connection. Immutable.
 *
 * @param ascii TYPE A: line ends travel as CRLF
 * @param deflateLevel MODE Z with this level, 0 to 9; empty for MODE S
 */
public record TransferForm(boolean ascii, OptionalInt deflateLevel) {

    /** True if bytes travel as they are in the file. */
    public boolean isImage() {
        return !ascii && deflateLevel.isEmpty();
    }

    /**
     * A file's bytes as they travel.
     *
     * @param file the whole file in TYPE A, else from the restart offset on; becomes the result's to close
     * @param skip the restart offset in TYPE A, which counts transmitted bytes (RFC 3659, section 5.3); else ignored
     */
    public ReadableByteChannel encode(ReadableByteChannel file, long skip) throws IOException {
        ReadableByteChannel channel = file;
        if (ascii) {
            ConvertingSource text = new ConvertingSource(channel, new AsciiSending());
            text.skip(skip);
            channel = text;
        }
        return deflateLevel.isPresent()
                ? new ConvertingSource(channel, new ModeZDeflation(deflateLevel.getAsInt()))
                : channel;
    }

    /**
     * A file that takes bytes as they travel. Where they are converted the result is a {@link ConvertingSink}, to be
     * finished after the last byte.
     *
     * @param file becomes the result's to close
     */
    public WritableByteChannel decode(WritableByteChannel file) {
        WritableByteChannel channel = ascii ? new ConvertingSink(file, new AsciiReceiving()) : file;
        return deflateLevel.isPresent() ? new ConvertingSink(channel, new ModeZInflation()) : channel;
    }
}
