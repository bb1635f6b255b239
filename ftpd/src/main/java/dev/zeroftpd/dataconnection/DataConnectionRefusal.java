package dev.zeroftpd.dataconnection;

import org.apache.ftpserver.DataConnectionException;

/**
 * A data connection can't be had, for a reason that the client may read. Other exceptions of its kind come from embedders
 * and the JDK: their texts are for the log. Immutable; any thread.
 */
public final class DataConnectionRefusal extends DataConnectionException {

    private static final long serialVersionUID = 1L;

    private final String words;

    /** @param words for the client */
    public DataConnectionRefusal(String words) {
        super(words);
        this.words = words;
    }

    /** @param cause for the log */
    public DataConnectionRefusal(String words, Throwable cause) {
        this(words);
        initCause(cause); // Apache FtpServer's own constructor drops it
    }

    public String words() {
        return words;
    }
}
