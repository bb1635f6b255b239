package dev.zeroftpd.command;

import dev.zeroftpd.command.directory.ChosenFacts;
import dev.zeroftpd.command.directory.ListCommand;
import dev.zeroftpd.command.directory.MlsdCommand;
import dev.zeroftpd.command.directory.MlstCommand;
import dev.zeroftpd.command.directory.StatListing;
import dev.zeroftpd.command.listing.Fact;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.session.StatCommand;
import dev.zeroftpd.command.stock.StockReplies;
import dev.zeroftpd.command.transfer.AppeCommand;
import dev.zeroftpd.command.transfer.RetrCommand;
import dev.zeroftpd.command.transfer.SiteZeroCopyCommand;
import dev.zeroftpd.command.transfer.StorCommand;
import dev.zeroftpd.command.transfer.StouCommand;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.transfer.TransferEngine;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;

/** All verbs with what their commands need. Stateless; any thread. */
public final class Commands {

    private Commands() {}

    /** The table of verbs of a server of our own. */
    public static Verbs all(TransferParts parts, TransferEngine engine, LoginThreads logins, WorkThreads work) {
        CommandFactory stock = new CommandFactoryFactory().createCommandFactory();
        return new Verbs(stock, verbs -> rows(verbs, stock, true, parts, engine, logins, work));
    }

    /**
     * The table of verbs of an embedded server, which answers what Apache FtpServer answers where no RFC has it otherwise.
     */
    public static Verbs embedded(
            Embedder embedder, TransferParts parts, TransferEngine engine, LoginThreads logins, WorkThreads work) {
        CommandFactory others = embedder.commands();
        return new Verbs(
                others,
                verbs -> StockManners.adopt(
                        rows(verbs, others, embedder.ownFiles(), parts, engine, logins, work), embedder, logins),
                new StockReplies()::put);
    }

    private static List<Verb> rows(
            Verbs verbs,
            CommandFactory others,
            boolean ownFiles,
            TransferParts parts,
            TransferEngine engine,
            LoginThreads logins,
            WorkThreads work) {
        return Stream.of(
                        SessionCommands.all(logins),
                        ServerCommands.all(verbs),
                        FileCommands.all(others, ownFiles, work),
                        transferring(parts, engine, work, InstantSource.system()),
                        NotOffered.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The verbs that use a data connection, or tell about one. */
    private static List<Verb> transferring(
            TransferParts parts, TransferEngine engine, WorkThreads work, InstantSource clock) {
        return List.of(
                Verb.of("RETR", "file", new RetrCommand(parts, work))
                        .transfers(EventKind.DOWNLOAD)
                        .needs(Need.DOWNLOAD),
                Verb.of("STOR", "file", new StorCommand(parts, work))
                        .transfers(EventKind.UPLOAD)
                        .needs(Need.STORE)
                        .namesNewFile(),
                Verb.of("APPE", "file", new AppeCommand(parts))
                        .transfers(EventKind.UPLOAD)
                        .needs(Need.APPEND)
                        .namesNewFile(),
                Verb.of("STOU", "[file]", new StouCommand(parts))
                        .transfers(EventKind.UPLOAD)
                        .needs(Need.STORE_NEW)
                        .namesNewFile(),
                Verb.of("LIST", "[options] [path]", ListCommand.list(parts, clock))
                        .needs(Need.LIST),
                Verb.of("NLST", "[options] [path]", ListCommand.names(parts, clock))
                        .needs(Need.LIST),
                Verb.of("MLSD", "[directory]", new MlsdCommand(parts)).needs(Need.LIST),
                Verb.of("MLST", "[path]", new MlstCommand())
                        .needs(Need.LOOK)
                        .feature(session -> Optional.of(Fact.feature(ChosenFacts.of(session)))),
                Verb.of("STAT", "[path]", new StatCommand(new StatListing(clock, System::nanoTime)))
                        .needs(Need.LIST)
                        .with(Conduct.ORDINARY, Conduct.DURING_TRANSFER),
                Verb.of("SITE ZEROCOPY", "", new SiteZeroCopyCommand(engine.totals()))
                        .with(Conduct.DURING_TRANSFER));
    }
}
