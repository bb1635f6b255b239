package dev.zeroftpd.command;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** The replies that most commands have in common (RFC 959, section 4.2.1). Stateless; any thread. */
final class Replies {

    private Replies() {}

    static void say(FtpIoSession session, int code, String text) {
        session.write(new DefaultFtpReply(code, text));
    }

    /** 200. */
    static void okay(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_200_COMMAND_OKAY, text);
    }

    /** 501: the command is known, what follows it is wrong. */
    static void badArgument(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS, text);
    }

    /** 503: another command has to come first. */
    static void badSequence(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_503_BAD_SEQUENCE_OF_COMMANDS, text);
    }

    /** 504: the argument is well-formed, but not offered. */
    static void notOffered(FtpIoSession session, String text) {
        say(session, FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER, text);
    }
}
