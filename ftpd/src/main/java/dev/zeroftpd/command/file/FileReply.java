package dev.zeroftpd.command.file;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FileActionFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;

/** The reply to what was done with a file, which Ftplets want to know. Immutable. */
final class FileReply extends DefaultFtpReply implements FileActionFtpReply {

    private final FtpFile file;

    FileReply(int code, String message, FtpFile file) {
        super(code, message);
        this.file = file;
    }

    @Override
    public FtpFile getFile() {
        return file;
    }
}
