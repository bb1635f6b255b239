package dev.zeroftpd.command;

import dev.zeroftpd.control.AuthCommand;
import dev.zeroftpd.transfer.TransferEngine;
import java.util.Map;
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
            CommandFactory others, DataTransfers transfers, TransferEngine engine, LoginThreads logins) {
        Map<String, Command> ours = ours(others, transfers, engine, logins);
        return name -> {
            @Nullable Command other = others.getCommand(name);
            @Nullable Command own = ours.get(name);
            return own != null && (other == null || isStock(other)) ? own : other;
        };
    }

    private static Map<String, Command> ours(
            CommandFactory others, DataTransfers transfers, TransferEngine engine, LoginThreads logins) {
        return Map.ofEntries(
                Map.entry("RETR", new RetrCommand(transfers)),
                Map.entry("STOR", new StorCommand(transfers)),
                Map.entry("APPE", new AppeCommand(transfers)),
                Map.entry("STOU", new StouCommand(transfers)),
                Map.entry("SIZE", new SizeCommand()),
                Map.entry("USER", new UserCommand()),
                Map.entry("PASS", new PassCommand(logins)),
                Map.entry("ABOR", new AborCommand()),
                Map.entry("AUTH", new AuthCommand()),
                Map.entry("PASV", new PassiveCommand()),
                Map.entry("EPSV", new ExtendedPassiveCommand()),
                Map.entry("PORT", ActiveCommand.port()),
                Map.entry("EPRT", ActiveCommand.extendedPort()),
                Map.entry("QUIT", new QuitCommand()),
                Map.entry("STAT", new StatCommand(others.getCommand("STAT"))),
                Map.entry("SITE_ZEROCOPY", new SiteZeroCopyCommand(engine.totals())));
    }

    private static boolean isStock(Command command) {
        return command.getClass().getPackageName().equals(STOCK_PACKAGE);
    }
}
