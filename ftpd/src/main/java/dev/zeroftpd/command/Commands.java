package dev.zeroftpd.command;

import dev.zeroftpd.transfer.TransferEngine;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/** Which class answers which verb. Immutable; any thread. */
public final class Commands {

    private static final String STOCK_PACKAGE = "org.apache.ftpserver.command.impl";

    private Commands() {}

    /**
     * Our commands before those of {@code others}, except where somebody put a command of his own there: an embedder's
     * command survives, Apache FtpServer's own gives way.
     */
    public static CommandFactory before(
            CommandFactory others,
            DataTransfers transfers,
            TransferEngine engine,
            LoginThreads logins,
            HashThreads hashes) {
        return before(others, ours(others, transfers, engine, logins, hashes));
    }

    /** The same for an embedded server, which answers what Apache FtpServer answers where no RFC has it otherwise. */
    public static CommandFactory embedded(
            CommandFactory others,
            DataTransfers transfers,
            TransferEngine engine,
            LoginThreads logins,
            HashThreads hashes) {
        Map<String, Command> ours = ours(others, transfers, engine, logins, hashes);
        StockManners.adopt(ours, others, logins);
        return before(others, ours);
    }

    private static Map<String, Command> ours(
            CommandFactory others,
            DataTransfers transfers,
            TransferEngine engine,
            LoginThreads logins,
            HashThreads hashes) {
        Map<String, Command> ours = new HashMap<>();
        ours.putAll(NotOffered.all());
        ours.putAll(SessionCommands.all(logins));
        ours.putAll(FileCommands.all(others, hashes));
        ours.putAll(transferring(transfers, engine, InstantSource.system()));
        return ours;
    }

    private static CommandFactory before(CommandFactory others, Map<String, Command> ours) {
        return name -> {
            @Nullable Command other = others.getCommand(name);
            @Nullable Command own = ours.get(name);
            return own != null && (other == null || isStock(other)) ? own : other;
        };
    }

    /** Those of {@code verbs} that {@link #before} leaves to a command that an embedder wrote. */
    public static Set<String> foreignAmong(CommandFactory others, Set<String> verbs) {
        return verbs.stream()
                .filter(verb -> {
                    @Nullable Command other = others.getCommand(verb);
                    return other != null && !isStock(other);
                })
                .collect(Collectors.toSet());
    }

    /** The verbs that use a data connection, or tell about one. */
    private static Map<String, Command> transferring(
            DataTransfers transfers, TransferEngine engine, InstantSource clock) {
        return Map.ofEntries(
                Map.entry("RETR", new RetrCommand(transfers)),
                Map.entry("STOR", new StorCommand(transfers)),
                Map.entry("APPE", new AppeCommand(transfers)),
                Map.entry("STOU", new StouCommand(transfers)),
                Map.entry("LIST", ListCommand.list(transfers, clock)),
                Map.entry("NLST", ListCommand.names(transfers, clock)),
                Map.entry("MLSD", new MlsdCommand(transfers)),
                Map.entry("MLST", new MlstCommand()),
                Map.entry("STAT", new StatCommand(new StatListing(clock))),
                Map.entry("SITE_ZEROCOPY", new SiteZeroCopyCommand(engine.totals())));
    }

    private static boolean isStock(Command command) {
        return command.getClass().getPackageName().equals(STOCK_PACKAGE);
    }
}
