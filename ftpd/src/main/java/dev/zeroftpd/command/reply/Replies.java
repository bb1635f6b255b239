package dev.zeroftpd.command.reply;

import dev.zeroftpd.control.reply.Reply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** The replies that most commands have in common (RFC 959, section 4.2.1). Stateless; any thread. */
public final class Replies {

    /** RFC 1123, section 4.1.3.4. */
    public static final int REPLY_554_INVALID_REST_PARAMETER = 554;

    /** As other servers answer where TLS is required; RFC 4217 leaves the code open. */
    public static final int REPLY_522_DATA_MUST_BE_PROTECTED = 522;

    /**
     * A full disk, noticed before the transfer ({@link StorageReplies}), during it ({@code TransferReplies}) or by ALLO. What
     * is said with it is {@link dev.zeroftpd.transfer.result.Outcome.DiskFull#WORDS}.
     */
    public static final int REPLY_DISK_FULL = FtpReply.REPLY_452_REQUESTED_ACTION_NOT_TAKEN;

    /** RFC 2228, section 5: refused by policy. */
    public static final int REPLY_DENIED_BY_POLICY = 534;

    private Replies() {}

    public static void say(FtpIoSession session, int code, String text) {
        session.write(Reply.of(code, text));
    }

    /** 200. */
    public static void okay(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_200_COMMAND_OKAY, text);
    }

    /** 501: the command is known, what follows it is wrong. */
    public static void badArgument(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, text);
    }

    /** 503: another command has to come first. */
    public static void badSequence(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, text);
    }

    /** 504: the argument is well-formed, but not offered. */
    public static void notOffered(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER, text);
    }

    /** Refuses a transfer; what commands before it had chosen for it (REST, RNFR) no longer holds. */
    public static void refuse(FtpIoSession session, int code, String text) {
        session.resetState();
        say(session, code, text);
    }
}
