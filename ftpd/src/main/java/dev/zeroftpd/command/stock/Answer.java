package dev.zeroftpd.command.stock;

import dev.zeroftpd.storage.StorageException;
import java.util.Locale;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** A reply and what it answers. Immutable. */
public record Answer(FtpIoSession session, FtpServerContext context, FtpRequest request, FtpReply reply) {

    /** The verb, without the X that some begin with. */
    String verb() {
        return request.getCommand();
    }

    /** What follows the verb; empty if nothing does. */
    String argument() {
        return request.hasArgument() ? request.getArgument() : "";
    }

    /** The first word behind the verb, in upper case. */
    String firstWord() {
        return argument().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** Why storage refused the command, if it did. */
    Optional<StorageException.Kind> refusal() {
        return reply instanceof StorageRefusal refused ? Optional.of(refused.kind()) : Optional.empty();
    }

    boolean isRefusedAs(StorageException.Kind kind) {
        return refusal().filter(kind::equals).isPresent();
    }
}
