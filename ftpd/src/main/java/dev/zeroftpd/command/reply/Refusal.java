package dev.zeroftpd.command.reply;

import org.apache.ftpserver.ftplet.FtpReply;

/** What it means for a verb that storage refuses the file it names (RFC 959, section 5.4). */
public enum Refusal {
    /** The verb reads, changes or removes a file. */
    OF_ACTION(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN),
    /** The verb names a file to be written; RFC 959 knows 553 for such verbs only. */
    OF_NAME(FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED);

    private final int code;

    Refusal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
