package dev.zeroftpd.command.stock;

import dev.zeroftpd.storage.StorageException;
import org.apache.ftpserver.ftplet.DefaultFtpReply;

/** The reply to what storage refused; remembers why, because Apache FtpServer's texts depend on it. Immutable. */
public final class StorageRefusal extends DefaultFtpReply {

    private final StorageException.Kind kind;

    public StorageRefusal(int code, String text, StorageException.Kind kind) {
        super(code, text);
        this.kind = kind;
    }

    StorageException.Kind kind() {
        return kind;
    }
}
