package dev.zeroftpd.command.stock;

import dev.zeroftpd.storage.ftplet.SessionFileSystem;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.ftpserver.ftplet.DataTransferFtpReply;
import org.apache.ftpserver.ftplet.FileActionFtpReply;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.jspecify.annotations.Nullable;

/** What Apache FtpServer's texts call {@code {output.msg}}: what an answer is about. Stateless; any thread. */
final class MessageSubject {

    /** RFC 2428, section 3. */
    private static final int ENTERING_EXTENDED_PASSIVE_MODE = 229;

    private MessageSubject() {}

    static String of(Answer answer, int code) {
        String text = answer.reply().getMessage();
        return switch (code) {
            case FtpReply.REPLY_227_ENTERING_PASSIVE_MODE, ENTERING_EXTENDED_PASSIVE_MODE -> between(text, '(', ')');
            case FtpReply.REPLY_257_PATHNAME_CREATED -> between(text, '"', '"');
            case FtpReply.REPLY_212_DIRECTORY_STATUS -> inside(text) + "\n";
            case FtpReply.REPLY_213_FILE_STATUS -> answer.verb().equals("STAT") ? inside(text) + "\n" : text;
            default -> answer.verb().equals("MLST") && code < 300 ? inside(text) : name(answer);
        };
    }

    private static String between(String text, char first, char last) {
        int start = text.indexOf(first);
        int end = text.lastIndexOf(last);
        return start < end ? text.substring(start + 1, end) : text;
    }

    /** The lines without the first and the last, which are words around them. */
    private static String inside(String text) {
        String[] lines = text.split("\n", -1);
        return lines.length > 2 ? Arrays.stream(lines, 1, lines.length - 1).collect(Collectors.joining("\n")) : text;
    }

    private static String name(Answer answer) {
        @Nullable
        FtpFile file = switch (answer.reply()) {
            case DataTransferFtpReply transfer -> transfer.getFile();
            case FileActionFtpReply action -> action.getFile();
            default -> null;
        };
        if (file != null) {
            return file.getAbsolutePath();
        }
        String argument = answer.argument();
        return switch (answer.verb()) {
            case "RETR", "STOR", "APPE", "DELE", "RMD", "MKD", "RNFR", "RNTO", "CWD", "SIZE", "MDTM", "MLST" ->
                absolute(answer, argument);
            case "MFMT" -> argument.substring(argument.indexOf(' ') + 1);
            default -> argument;
        };
    }

    private static String absolute(Answer answer, String name) {
        try {
            return answer.session().getFileSystemView() instanceof SessionFileSystem home
                    ? home.resolve(name).text()
                    : name;
        } catch (IOException invalid) {
            return name;
        }
    }
}
