package dev.zeroftpd.command.session;

import dev.zeroftpd.command.reply.Replies;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * LANG (RFC 2640, section 4.1). Replies are in English, the default of the RFC, or in a language for which an embedder has
 * texts. Never blocks.
 */
public final class LangCommand implements Command {

    /** RFC 1766, section 2. */
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[a-z]{1,8}(-[a-z0-9]{1,8})*");

    private static final Pattern ENGLISH = Pattern.compile("en(-[a-z0-9]{1,8})*");

    private final Supplier<List<String>> others;

    /** @param others the languages besides English, in lower case */
    public LangCommand(Supplier<List<String>> others) {
        this.others = others;
    }

    /** Its line in FEAT: all languages, and which of them the session has chosen (RFC 2640, section 4.3). */
    public Optional<String> feature(FtpIoSession session) {
        @Nullable String chosen = session.getLanguage();
        List<String> languages = others.get();
        boolean english = chosen == null || !languages.contains(chosen);
        return Optional.of(languages.stream()
                .map(language -> language.toUpperCase(Locale.ROOT) + (language.equals(chosen) ? "*" : ""))
                .collect(Collectors.joining(
                        ";", "LANG EN" + (english ? "*" : "") + (languages.isEmpty() ? "" : ";"), "")));
    }

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
        String language = request.hasArgument() ? request.getArgument().strip().toLowerCase(Locale.ROOT) : "en";
        if (others.get().contains(language)) {
            session.setLanguage(language);
            Replies.okay(session, "Replies are in " + language + " where there is a text.");
        } else if (ENGLISH.matcher(language).matches()) {
            session.setLanguage("en");
            Replies.okay(session, "Replies are in English.");
        } else if (!LANGUAGE_TAG.matcher(language).matches()) {
            Replies.badArgument(session, "LANG takes a language like EN.");
        } else {
            Replies.notOffered(
                    session,
                    "Replies are in English"
                            + (others.get().isEmpty() ? " only." : " or " + String.join(", ", others.get()) + "."));
        }
    }
}
