package dev.zeroftpd.users.source;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.spi.LoginAnswer;
import java.util.Optional;

/** Why there was no answer, fit for the log. Stateless; any thread. */
final class Reasons {

    /** A shorter password may be part of any text, and what is left would tell it. */
    private static final int SHORTEST_CUT_OUT = 4;

    private Reasons() {}

    /**
     * The same answer, without the password in what it says: a script that traces its lines writes it, too. A password that is written
     * in another way, as in Base64, is not found.
     */
    static LoginAnswer withoutPassword(LoginAnswer answer, String password) {
        return switch (answer) {
            case LoginAnswer.Unanswered(String why) -> new LoginAnswer.Unanswered(safe(why, password));
            case LoginAnswer.Unavailable(String why) -> new LoginAnswer.Unavailable(safe(why, password));
            case LoginAnswer.Yes _, LoginAnswer.No _, LoginAnswer.Stored _, LoginAnswer.Absent _ -> answer;
        };
    }

    private static String safe(String why, String password) {
        if (!why.contains(password)) {
            return LogText.shortened(LogText.printable(why));
        }
        return password.length() < SHORTEST_CUT_OUT
                ? "the reason has the password in it, and isn't shown"
                : LogText.shortened(LogText.printable(why.replace(password, "…")));
    }

    /** Empty where there was an answer. */
    static Optional<String> of(LoginAnswer answer) {
        return switch (answer) {
            case LoginAnswer.Unanswered(String why) -> Optional.of(why);
            case LoginAnswer.Unavailable(String why) -> Optional.of(why);
            case LoginAnswer.Yes _, LoginAnswer.No _, LoginAnswer.Stored _, LoginAnswer.Absent _ -> Optional.empty();
        };
    }
}
