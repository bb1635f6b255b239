package dev.zeroftpd.command.stock;

import dev.zeroftpd.storage.StorageException.Kind;
import org.apache.ftpserver.ftplet.FtpReply;

/** Where Apache FtpServer's code differs from ours, and no RFC speaks against it. Stateless; any thread. */
final class StockCodes {

    private StockCodes() {}

    /** The code that the answer has in an embedded server. */
    static int of(Answer answer) {
        int code = answer.reply().getCode();
        return switch (answer.verb()) {
            case "DELE" ->
                answer.isRefusedAs(Kind.NOT_FOUND) || answer.isRefusedAs(Kind.NOT_PERMITTED)
                        ? FtpReply.REPLY_450_REQUESTED_FILE_ACTION_NOT_TAKEN
                        : code;
            case "RMD" ->
                answer.isRefusedAs(Kind.NOT_EMPTY) ? FtpReply.REPLY_450_REQUESTED_FILE_ACTION_NOT_TAKEN : code;
            case "LIST", "NLST", "STAT" ->
                answer.isRefusedAs(Kind.NOT_FOUND) ? FtpReply.REPLY_450_REQUESTED_FILE_ACTION_NOT_TAKEN : code;
            case "STOR", "APPE", "STOU", "RNTO" ->
                code == FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN
                        ? FtpReply.REPLY_553_REQUESTED_ACTION_NOT_TAKEN_FILE_NAME_NOT_ALLOWED
                        : code;
            case "PORT", "EPRT" ->
                code == FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED
                        ? FtpReply.REPLY_501_SYNTAX_ERROR_IN_PARAMETERS_OR_ARGUMENTS
                        : code;
            case "HELP" -> code == FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED ? FtpReply.REPLY_214_HELP_MESSAGE : code;
            case "SITE" -> site(answer, code);
            default ->
                code == FtpReply.REPLY_500_SYNTAX_ERROR_COMMAND_UNRECOGNIZED
                                && !answer.verb().isEmpty()
                        ? FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED
                        : code;
        };
    }

    private static int site(Answer answer, int code) {
        return switch (code) {
            case FtpReply.REPLY_214_HELP_MESSAGE -> FtpReply.REPLY_200_COMMAND_OKAY;
            case FtpReply.REPLY_504_COMMAND_NOT_IMPLEMENTED_FOR_THAT_PARAMETER ->
                FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED;
            case FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN ->
                answer.firstWord().equals("WHO") ? FtpReply.REPLY_530_NOT_LOGGED_IN : code;
            default -> code;
        };
    }
}
