package dev.zeroftpd.control.rule;

import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * What a control connection needs to know about commands; it asks here instead of knowing them by name. Any thread may ask.
 */
public interface CommandRules {

    /** When and where this command may run. Never blocks. */
    Conduct conduct(FtpRequest request);

    /** True if it is how a client of another protocol begins: a stranger's browser, say, that was told to come here. */
    boolean isOtherProtocol(FtpRequest request);

    /** What a session needs before the command may be used; {@link Gate#AFTER_LOGIN} for an unknown one. */
    Gate gate(FtpRequest request);

    /** What of the request may be shown to operators who trace the session. */
    Telling telling(FtpRequest request);

    /** The reply to what storage refused {@code request}; empty if {@code failure} is something else. */
    Optional<FtpReply> refusal(FtpRequest request, Throwable failure);

    /** The code of the reply if storage refuses {@code request} the file that it names. */
    int refusalCode(FtpRequest request);

    /** A command that began no transfer has ended with a reply that refuses it. Runs on the session's mailbox. */
    default void refused(FtpIoSession session, FtpRequest request, FtpReply reply) {}

    /** Whether {@link #put} changes any reply. */
    default boolean putsReplies() {
        return false;
    }

    /** How {@code reply}, to {@code request}, is put to the client. Runs on the session's mailbox. */
    default FtpReply put(FtpIoSession session, FtpServerContext context, FtpRequest request, FtpReply reply) {
        return reply;
    }
}
