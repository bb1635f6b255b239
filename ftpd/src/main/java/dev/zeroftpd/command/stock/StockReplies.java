package dev.zeroftpd.command.stock;

import org.apache.ftpserver.ftplet.DataTransferFtpReply;
import org.apache.ftpserver.ftplet.FileActionFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.RenameFtpReply;
import org.apache.ftpserver.impl.LocalizedDataTransferFtpReply;
import org.apache.ftpserver.impl.LocalizedFileActionFtpReply;
import org.apache.ftpserver.impl.LocalizedFtpReply;
import org.apache.ftpserver.impl.LocalizedRenameFtpReply;

/** Puts our replies as an embedder's clients know them. Any thread. */
public final class StockReplies {

    private final StockTexts texts = new StockTexts();

    /** The reply with Apache FtpServer's code and the embedder's text, or as it was. */
    public FtpReply put(Answer answer) {
        FtpReply reply = answer.reply();
        int code = StockCodes.of(answer);
        String text = texts.of(answer, code).orElse(reply.getMessage());
        return code == reply.getCode() && text.equals(reply.getMessage()) ? reply : copy(reply, code, text);
    }

    /** Ftplets ask replies for their files. */
    private static FtpReply copy(FtpReply reply, int code, String text) {
        return switch (reply) {
            case DataTransferFtpReply transfer ->
                new LocalizedDataTransferFtpReply(code, text, transfer.getFile(), transfer.getBytesTransferred());
            case RenameFtpReply rename -> new LocalizedRenameFtpReply(code, text, rename.getFrom(), rename.getTo());
            case FileActionFtpReply action -> new LocalizedFileActionFtpReply(code, text, action.getFile());
            default -> new LocalizedFtpReply(code, text);
        };
    }
}
