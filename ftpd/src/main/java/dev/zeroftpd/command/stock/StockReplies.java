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
        String text = texts.of(answer, code).orElseGet(() -> ours(answer));
        return code == reply.getCode() && text.equals(reply.getMessage()) ? reply : copy(reply, code, text);
    }

    /** Clients read the name of a unique file in the reply that ends the transfer too. */
    private static String ours(Answer answer) {
        String text = answer.reply().getMessage();
        return answer.verb().equals("STOU") && answer.reply().getCode() == FtpReply.REPLY_226_CLOSING_DATA_CONNECTION
                ? MessageSubject.of(answer, FtpReply.REPLY_226_CLOSING_DATA_CONNECTION) + ": " + text
                : text;
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
