package dev.zeroftpd.command.stock;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.impl.FtpReplyTranslator;
import org.apache.ftpserver.message.MessageResource;
import org.apache.ftpserver.message.MessageResourceFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the embedder's message resource says instead of our own texts. A text that is Apache FtpServer's own English tells
 * less than ours, and no embedder chose it: it doesn't count. Any thread.
 */
final class StockTexts {

    private static final Logger LOG = LoggerFactory.getLogger(StockTexts.class);

    /** RFC 1123, section 4.1.2.9, prescribes the text, because it tells the name. */
    private static final String UNIQUE_NAME = "150.STOU";

    /** Verbs whose texts tell what the server can do: the translation that Apache FtpServer brings tells what that can. */
    private static final Set<String> ABOUT_THE_SERVER = Set.of("FEAT", "HELP");

    private final MessageResource english = new MessageResourceFactory().createMessageResource();
    private final MessageResource translated = translated();
    private volatile @Nullable Known known;

    /** A resource, and whether it has no text of its own. */
    private record Known(MessageResource resource, boolean isStock) {}

    private static MessageResource translated() {
        MessageResourceFactory factory = new MessageResourceFactory();
        factory.setLanguages(List.of("en", "zh-tw")); // all that it brings
        return factory.createMessageResource();
    }

    /** The text for an answer that will be sent with {@code code}; empty for our own. */
    Optional<String> of(Answer answer, int code) {
        @Nullable MessageResource resource = answer.context().getMessageResource();
        if (resource == null || isStock(resource)) {
            return Optional.empty();
        }
        try {
            for (@Nullable String key : MessageKeys.of(answer, code)) {
                if (isChosen(answer, resource, code, key)) {
                    return Optional.of(FtpReplyTranslator.translateMessage(
                            answer.session(),
                            answer.request(),
                            answer.context(),
                            code,
                            key,
                            MessageSubject.of(answer, code)));
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("The message resource failed for {} {}", code, answer.verb(), failed);
        }
        return Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // another resource may have other texts, whatever its equals() says
    private boolean isStock(MessageResource resource) {
        Known last = known;
        if (last == null || last.resource() != resource) {
            last = new Known(
                    resource,
                    resource.getClass() == english.getClass()
                            && resource.getAvailableLanguages() == null
                            && resource.getMessages(null).equals(english.getMessages(null)));
            known = last;
        }
        return last.isStock();
    }

    private boolean isChosen(Answer answer, MessageResource resource, int code, @Nullable String key) {
        @Nullable String language = answer.session().getLanguage();
        @Nullable String text = resource.getMessage(code, key, language);
        return text != null
                && !(code + "." + key).equals(UNIQUE_NAME)
                && !text.equals(english.getMessage(code, key, null))
                && !(ABOUT_THE_SERVER.contains(answer.verb())
                        && Objects.equals(text, translated.getMessage(code, key, language)));
    }
}
