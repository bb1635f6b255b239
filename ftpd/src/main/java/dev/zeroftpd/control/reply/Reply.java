package dev.zeroftpd.control.reply;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;

/**
 * Makes replies; what the control connection itself says, without asking a command, stands here too. Stateless; any
 * thread. What a client sent is never echoed: it may be anything.
 */
public final class Reply {

    private Reply() {}

    /** The one way in which a reply is made. */
    public static FtpReply of(int code, String text) {
        return new DefaultFtpReply(code, text);
    }

    /** The last one of a control connection. */
    public static FtpReply goodbye(String why) {
        return of(FtpReply.REPLY_421_SERVICE_NOT_AVAILABLE_CLOSING_CONTROL_CONNECTION, why);
    }

    public static FtpReply unknownCommand() {
        return of(
                FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED,
                "Unknown command; HELP lists those that are known.");
    }

    public static FtpReply noCommand() {
        return of(FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED, "A line must begin with a command.");
    }

    public static FtpReply tooLongLine(int limit) {
        return of(
                FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED, "Command line longer than " + limit + " bytes.");
    }

    public static FtpReply malformedLine() {
        return of(FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, "Invalid character in command: NUL.");
    }

    public static FtpReply loginFirst() {
        return of(FtpReply.REPLY_530_NOT_LOGGED_IN, "Log in first, with USER and PASS.");
    }

    public static FtpReply tlsFirst() {
        return of(FtpReply.REPLY_530_NOT_LOGGED_IN, "This server requires TLS: send AUTH TLS first.");
    }

    /** A command failed, and the log says why. */
    public static FtpReply localError() {
        return of(FtpReply.REPLY_451_REQUESTED_ACTION_ABORTED, "Requested action aborted: local error in processing.");
    }

    public static FtpReply notTaken() {
        return of(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN, "Requested action not taken.");
    }
}
