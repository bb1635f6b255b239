package dev.zeroftpd.command;

import dev.zeroftpd.command.file.FileCommand;
import dev.zeroftpd.command.file.TimeCommands;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.login.PassCommand;
import dev.zeroftpd.command.parameter.ProtCommand;
import dev.zeroftpd.command.session.LangCommand;
import dev.zeroftpd.command.transfer.FileFirst;
import dev.zeroftpd.command.transfer.ForeignFiles;
import dev.zeroftpd.command.verb.Verb;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded server behaves like Apache FtpServer and {@code ftpd serve} doesn't: an embedder's clients rely on
 * it, and no RFC demands otherwise. Stateless; any thread.
 */
final class StockManners {

    private StockManners() {}

    /**
     * The rows of an embedded server.
     *
     * @param ours the rows of a server of ours
     * @param embedder has Apache FtpServer's own commands
     */
    static List<Verb> adopt(List<Verb> ours, Embedder embedder, LoginThreads logins) {
        CommandFactory others = embedder.commands();
        @Nullable Command md5 = others.getCommand("MD5");
        if (md5 == null || others.getCommand("MMD5") == null) {
            return ours.stream().map(verb -> adopt(verb, embedder, logins)).toList();
        }
        List<Verb> rows = new ArrayList<>();
        for (Verb verb : ours) {
            switch (verb.name()) {
                case "XMD5" -> {} // Requests lose their X, so that it is MD5 here, as in Apache FtpServer.
                case "MMD5" -> {
                    rows.add(Verb.stock("MD5", "file").feature("MD5"));
                    rows.add(Verb.stock("MMD5", "files").feature("MMD5"));
                }
                default -> rows.add(adopt(verb, embedder, logins));
            }
        }
        return rows;
    }

    private static Verb adopt(Verb verb, Embedder embedder, LoginThreads logins) {
        CommandFactory others = embedder.commands();
        return switch (verb.name()) {
            case "USER" ->
                verb.command().map(own -> verb.with(new OneLogin(own))).orElse(verb);
            case "MDTM" -> verb.with(FileCommand.of(TimeCommands::modifiedToTheMillisecond, others.getCommand("MDTM")));
            case "RETR" -> fileFirst(FileFirst::file, verb);
            case "LIST" -> fileFirst(StockFiles::listing, verb);
            case "RMD" -> verb.with(FileCommand.of(StockFiles::removeDirectory, others.getCommand("RMD")));
            case "MFMT" ->
                verb.with(FileCommand.of(StockFiles::setModified, ForeignFiles.ifWritable(others.getCommand("MFMT"))));
            case "LANG" -> {
                LangCommand lang = new LangCommand(embedder::languages);
                yield verb.with(lang).feature(lang::feature);
            }
            case "PASS" -> verb.with(new PassCommand(logins, true));
            case "PROT" -> verb.with(new ProtCommand(false));
            default -> verb;
        };
    }

    private static Verb fileFirst(FileFirst.Look look, Verb verb) {
        return verb.command()
                .map(command -> verb.with(new FileFirst(look, command)))
                .orElse(verb);
    }
}
