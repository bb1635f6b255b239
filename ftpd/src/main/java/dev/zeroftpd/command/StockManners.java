package dev.zeroftpd.command;

import java.util.List;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded server does as Apache FtpServer does, although ours doesn't: an embedder's clients rely on it, and no RFC
 * has it otherwise. Stateless; any thread.
 */
final class StockManners {

    private StockManners() {}

    /** Puts into {@code ours} what is different in an embedded server; {@code others} has Apache FtpServer's own commands. */
    static void adopt(Map<String, Command> ours, CommandFactory others, LoginThreads logins) {
        ours.put("PASS", new PassCommand(logins, true));
        ours.put("PROT", new ProtCommand(false));
        @Nullable Command md5 = others.getCommand("MD5");
        @Nullable Command mmd5 = others.getCommand("MMD5");
        if (md5 != null && mmd5 != null) {
            ours.computeIfPresent("MD5", (_, xmd5) -> new SpelledWithX(xmd5, md5));
            ours.put("MMD5", mmd5);
            ours.put("FEAT", new FeatCommand(List.of("MD5", "MMD5")));
        }
    }
}
