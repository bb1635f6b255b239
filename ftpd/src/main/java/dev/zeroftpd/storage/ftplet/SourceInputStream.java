package dev.zeroftpd.storage.ftplet;

import dev.zeroftpd.transfer.FileSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream over an opened file, which it closes. Used by one thread at a time. */
final class SourceInputStream extends FilterInputStream {

    private final FileSource source;

    SourceInputStream(FileSource source, InputStream bytes) {
        super(bytes);
        this.source = source;
    }

    @Override
    public void close() throws IOException {
        try (source) {
            super.close();
        }
    }
}
