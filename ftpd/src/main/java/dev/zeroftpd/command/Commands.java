package dev.zeroftpd.command;

import dev.zeroftpd.control.AuthCommand;
import dev.zeroftpd.transfer.TransferEngine;
import java.time.InstantSource;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.impl.OPTS_UTF8;
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
        Map<String, Command> ours = ours(transfers, engine, logins, InstantSource.system());
        return name -> {
            @Nullable Command other = others.getCommand(name);
            @Nullable Command own = ours.get(name);
            return own != null && (other == null || isStock(other)) ? own : other;
        };
    }

    private static Map<String, Command> ours(
            DataTransfers transfers, TransferEngine engine, LoginThreads logins, InstantSource clock) {
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
                Map.entry("LIST", ListCommand.list(transfers, clock)),
                Map.entry("NLST", ListCommand.names(transfers, clock)),
                Map.entry("MLSD", new MlsdCommand(transfers)),
                Map.entry("MLST", new MlstCommand()),
                Map.entry("STAT", new StatCommand(new StatListing(clock))),
                Map.entry("OPTS", new OptsCommand()),
                Map.entry("OPTS_MLST", new OptsMlst()),
                Map.entry("OPTS_UTF8", new OPTS_UTF8()),
                Map.entry("SITE_ZEROCOPY", new SiteZeroCopyCommand(engine.totals())));
    }

    private static boolean isStock(Command command) {
        return command.getClass().getPackageName().equals(STOCK_PACKAGE);
    }
}
