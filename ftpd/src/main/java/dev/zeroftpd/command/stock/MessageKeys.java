package dev.zeroftpd.command.stock;

import dev.zeroftpd.storage.StorageException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.UserManager;
import org.jspecify.annotations.Nullable;

/**
 * Under which keys Apache FtpServer's message resources keep the text of an answer, behind its code: the verb, and perhaps
 * the circumstance. Stateless; any thread.
 */
final class MessageKeys {

    private MessageKeys() {}

    /** The keys in the order in which they are tried; null stands for the code alone. */
    static List<@Nullable String> of(Answer answer, int code) {
        String verb = verb(answer);
        List<@Nullable String> keys = new ArrayList<>();
        if (verb.equals("HELP")) {
            keys.add(
                    answer.argument().isEmpty()
                            ? null
                            : answer.argument().strip().toUpperCase(Locale.ROOT));
            return keys;
        }
        circumstances(answer, code).map(word -> verb + "." + word).forEach(keys::add);
        keys.add(verb);
        if (!verb.equals(answer.verb())) {
            keys.add(answer.verb());
        }
        switch (code) {
            case FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED -> keys.add("not.implemented");
            case FtpReply.REPLY_530_NOT_LOGGED_IN -> keys.add("permission");
            default -> {}
        }
        return keys;
    }

    private static String verb(Answer answer) {
        return switch (answer.verb()) {
            case "SITE", "OPTS" -> answer.verb() + "." + answer.firstWord();
            case "AUTH" -> "AUTH." + answer.firstWord();
            default -> answer.verb();
        };
    }

    private static Stream<String> circumstances(Answer answer, int code) {
        return switch (answer.verb()) {
            case "USER" -> login(answer.argument(), code);
            case "PASS" -> login(String.valueOf(answer.session().getUserArgument()), code);
            case "REST" -> Stream.of(answer.argument().startsWith("-") ? "negetive" : "invalid");
            case "PORT", "EPRT" -> Stream.of(isDisabled(answer) ? "disabled" : "invalid");
            case "MFMT" -> Stream.concat(Stream.of("filemissing", "invalid"), refusal(answer));
            default -> refusal(answer);
        };
    }

    private static boolean isDisabled(Answer answer) {
        return !answer.session().getListener().getDataConnectionConfiguration().isActiveEnabled();
    }

    private static Stream<String> login(String name, int code) {
        if (name.equals(UserManager.ANONYMOUS)) {
            return Stream.of("anonymous", "login");
        }
        return code == FtpReply.REPLY_421_SERVICE_NOT_AVAILABLE_CLOSING_CONTROL_CONNECTION
                ? Stream.of("login")
                : Stream.of();
    }

    private static Stream<String> refusal(Answer answer) {
        return answer.refusal().stream().flatMap(MessageKeys::words);
    }

    private static Stream<String> words(Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> Stream.of("missing", "invalid");
            case NOT_A_FILE, NOT_A_DIRECTORY, INVALID_NAME, UNSUPPORTED, BEYOND_END -> Stream.of("invalid");
            case NOT_PERMITTED, OUTSIDE_HOME -> Stream.of("permission");
            case EXISTS -> Stream.of("exists");
            case BUSY, IN_USE -> Stream.of("busy");
            case NOT_EMPTY, NO_SPACE, QUOTA, ANOTHER_FILE_SYSTEM, TOO_LARGE, UNFINISHED, FAILED -> Stream.of();
        };
    }
}
