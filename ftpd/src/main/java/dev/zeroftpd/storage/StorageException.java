package dev.zeroftpd.storage;

import dev.zeroftpd.transfer.result.FileFailureException;
import dev.zeroftpd.transfer.result.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file operation that could not be done, with the reason that decides the reply. Immutable; any thread.
 *
 * <p>The message names virtual paths only, and files instead of their partials, so it may be shown to the client.
 */
public final class StorageException extends FileFailureException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What the message says of its subject. */
    private final String reason;

    public StorageException(Kind kind, String message) {
        this(kind, message, null);
    }

    public StorageException(Kind kind, String message, @Nullable Throwable cause) {
        super(HiddenName.withoutPartials(message), cause);
        this.kind = Objects.requireNonNull(kind);
        this.reason = kind.text();
    }

    /** For a reason that tells more than the kind. */
    StorageException(Kind kind, String subject, String reason, @Nullable Throwable cause) {
        super(HiddenName.withoutPartials(subject + ": " + reason), cause);
        this.kind = Objects.requireNonNull(kind);
        this.reason = Objects.requireNonNull(reason);
    }

    /** The same about another path: that of the file whose partial it was about. */
    public static StorageException about(VirtualPath path, StorageException cause) {
        return new StorageException(cause.kind, path.text(), cause.reason, cause);
    }

    /**
     * For a reason that tells more than the kind, and stays with {@link #about}.
     *
     * @param reason a clause about the path
     */
    public static StorageException because(Kind kind, VirtualPath path, String reason) {
        return new StorageException(kind, path.text(), reason, null);
    }

    public static StorageException of(Kind kind, VirtualPath path) {
        return new StorageException(kind, path + ": " + kind.text());
    }

    public static StorageException of(Kind kind, VirtualPath path, Throwable cause) {
        return new StorageException(kind, path + ": " + kind.text(), cause);
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public Outcome outcome() {
        String detail = String.valueOf(getMessage());
        return switch (kind) {
            case NO_SPACE -> new Outcome.DiskFull(detail);
            case QUOTA, TOO_LARGE -> new Outcome.QuotaExceeded(detail);
            case NOT_PERMITTED -> new Outcome.NotPermitted(detail);
            case NOT_FOUND,
                    NOT_A_FILE,
                    NOT_A_DIRECTORY,
                    EXISTS,
                    NOT_EMPTY,
                    OUTSIDE_HOME,
                    INVALID_NAME,
                    BUSY,
                    IN_USE,
                    ANOTHER_FILE_SYSTEM,
                    UNSUPPORTED,
                    UNFINISHED,
                    BEYOND_END,
                    FAILED -> new Outcome.LocalFailure(detail, this);
        };
    }

    /** Why an operation could not be done. */
    public enum Kind {
        NOT_FOUND("no such file or directory"),
        NOT_A_FILE("not a plain file"),
        NOT_A_DIRECTORY("not a directory"),
        EXISTS("exists already"),
        NOT_EMPTY("directory not empty"),
        NOT_PERMITTED("permission denied"),
        /** A symbolic link leads out of the home. */
        OUTSIDE_HOME("leads out of the home directory"),
        /** The name can't be a name: NUL, CR or LF in it, or too long. */
        INVALID_NAME("not a valid name"),
        NO_SPACE(Outcome.DiskFull.WORDS),
        QUOTA("quota exceeded"),
        /** Another upload writes to it, or it is being moved. */
        BUSY("another upload or a move of this file is under way"),
        /** The system holds on to it: a running program, a mount point. */
        IN_USE("in use"),
        /** The new name is on another file system, where a rename can't move it. */
        ANOTHER_FILE_SYSTEM("is on another file system"),
        /** Permanent: the file system has no such operation, or not for that value. */
        UNSUPPORTED("this file system can't do that"),
        TOO_LARGE("too large for this file system"),
        /** What is left of a broken upload must not be continued, renamed or changed like that. */
        UNFINISHED("an upload of this file broke off"),
        /** A restart offset for which the bytes before it are not there. */
        BEYOND_END("the restart offset is beyond the end of what is there"),
        FAILED("failed");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Short English words for a reply. */
        public String text() {
            return text;
        }
    }
}
