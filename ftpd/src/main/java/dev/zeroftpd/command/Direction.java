package dev.zeroftpd.command;

import org.apache.ftpserver.ftplet.FtpReply;

/** Which way the bytes of a data connection go. */
enum Direction {
    DOWNLOAD(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN),
    UPLOAD(FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED),
    LISTING(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN);

    private final int notPermittedCode;

    Direction(int notPermittedCode) {
        this.notPermittedCode = notPermittedCode;
    }

    /** RFC 959 knows 553 only for commands that name a file to be written. */
    int notPermittedCode() {
        return notPermittedCode;
    }
}
