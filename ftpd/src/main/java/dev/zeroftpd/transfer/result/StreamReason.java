package dev.zeroftpd.transfer.result;

/** Why a transfer went through this process's buffers instead of {@code sendfile(2)}. */
public enum StreamReason {
    ASCII("ASCII type"),
    TLS("TLS"),
    MODE_Z("MODE Z"),
    UPLOAD("upload"),
    LISTING("listing"),
    SWITCHED_OFF("switched off"),
    EXCLUDED_FILE_SYSTEM("excluded file system"),
    REFUSED_BY_DEVICE("refused by device"),
    OTHER_PROVIDER("other file system provider"),
    FOREIGN_FILE("file system of the embedder");

    private final String label;

    StreamReason(String label) {
        this.label = label;
    }

    /** Short English words for logs, metrics and replies. */
    public String label() {
        return label;
    }
}
