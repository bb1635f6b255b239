package dev.zeroftpd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded server does as Apache FtpServer does, although ours doesn't: an embedder's clients rely on it, and no RFC
 * has it otherwise. Stateless; any thread.
 */
final class StockManners {

    private StockManners() {}

    /**
     * The rows of an embedded server.
     *
     * @param ours the rows of a server of ours
     * @param others where Apache FtpServer's own commands are
     */
    static List<Verb> adopt(List<Verb> ours, CommandFactory others, LoginThreads logins) {
        @Nullable Command md5 = others.getCommand("MD5");
        boolean hasMd5 = md5 != null && others.getCommand("MMD5") != null;
        List<Verb> rows = new ArrayList<>();
        for (Verb verb : ours) {
            switch (verb.name()) {
                case "PASS" -> rows.add(verb.with(new PassCommand(logins, true)));
                case "PROT" -> rows.add(verb.with(new ProtCommand(false)));
                case "XMD5" -> rows.addAll(md5 != null && hasMd5 ? bothSpellings(verb, md5) : List.of(verb));
                case "MMD5" -> rows.add(hasMd5 ? Verb.stock("MMD5", "files").feature("MMD5") : verb);
                default -> rows.add(verb);
            }
        }
        return rows;
    }

    /** Requests lose their X, so MD5 and XMD5 are one to the dispatcher. */
    private static List<Verb> bothSpellings(Verb xmd5, Command md5) {
        Optional<Command> either = xmd5.command().map(ours -> new SpelledWithX(ours, md5));
        return List.of(
                either.map(xmd5::with).orElse(xmd5),
                either.map(command -> Verb.of("MD5", "file", command).feature("MD5"))
                        .orElseGet(() -> Verb.stock("MD5", "file").feature("MD5")));
    }
}
