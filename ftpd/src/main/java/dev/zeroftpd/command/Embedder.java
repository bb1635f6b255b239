package dev.zeroftpd.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.message.MessageResource;
import org.jspecify.annotations.Nullable;

/**
 * What commands have to know of the application around an embedded server. Immutable; any thread.
 *
 * @param commands its commands, which stay, and Apache FtpServer's, which give way where we have one
 * @param ownFiles whether the file system is ours; an embedder's may block where ours doesn't
 * @param messages its texts, which it may change at any time
 */
public record Embedder(CommandFactory commands, boolean ownFiles, Supplier<MessageResource> messages) {

    /** The languages besides English in which it has texts, in lower case. */
    List<String> languages() {
        @Nullable MessageResource resource = messages.get();
        @Nullable List<String> available = resource == null ? null : resource.getAvailableLanguages();
        return available == null
                ? List.of()
                : available.stream()
                        .map(language -> language.toLowerCase(Locale.ROOT))
                        .filter(language -> !language.equals("en"))
                        .toList();
    }
}
