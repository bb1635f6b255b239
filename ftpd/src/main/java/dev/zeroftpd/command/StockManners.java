package dev.zeroftpd.command;

import dev.zeroftpd.command.file.FileCommand;
import dev.zeroftpd.command.file.TimeCommands;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.login.PassCommand;
import dev.zeroftpd.command.parameter.ProtCommand;
import dev.zeroftpd.command.session.LangCommand;
import dev.zeroftpd.command.transfer.FileFirst;
import dev.zeroftpd.command.transfer.ForeignFiles;
import dev.zeroftpd.command.verb.AskingCommand;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.command.verb.Verbs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.ftpserver.command.CommandFactory;

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
        return Verbs.changed(ours, changes(embedder, logins));
    }

    /** What changes, by the name of the row. */
    private static Map<String, Function<Verb, List<Verb>>> changes(Embedder embedder, LoginThreads logins) {
        CommandFactory others = embedder.commands();
        LangCommand lang = new LangCommand(embedder::languages);
        Map<String, Function<Verb, List<Verb>>> changes = new HashMap<>();
        changes.put(
                "USER",
                verb -> List.of(
                        verb.command().map(own -> verb.with(new OneLogin(own))).orElse(verb)));
        changes.put(
                "MDTM",
                verb -> List.of(
                        verb.with(FileCommand.of(TimeCommands::modifiedToTheMillisecond, others.getCommand("MDTM")))));
        changes.put("RETR", verb -> List.of(fileFirst(FileFirst::file, verb)));
        changes.put("LIST", verb -> List.of(fileFirst(StockFiles::listing, verb)));
        changes.put(
                "RMD",
                verb -> List.of(verb.with(FileCommand.of(StockFiles::removeDirectory, others.getCommand("RMD")))));
        changes.put(
                "MFMT",
                verb -> List.of(verb.with(
                        FileCommand.of(StockFiles::setModified, ForeignFiles.ifWritable(others.getCommand("MFMT"))))));
        changes.put("LANG", verb -> List.of(verb.with(lang).feature(lang::feature)));
        changes.put("PASS", verb -> List.of(verb.with(new PassCommand(logins, true))));
        changes.put("PROT", verb -> List.of(verb.with(new ProtCommand(false))));
        if (others.getCommand("MD5") != null && others.getCommand("MMD5") != null) {
            changes.put(
                    "XMD5", verb -> List.of()); // requests lose their X, so that it is MD5 here, as in Apache FtpServer
            changes.put(
                    "MMD5",
                    verb -> List.of(
                            Verb.stock("MD5", "file").feature("MD5"),
                            Verb.stock("MMD5", "files").feature("MMD5")));
        }
        return changes;
    }

    private static Verb fileFirst(FileFirst.Look look, Verb verb) {
        return verb.command().orElseThrow() instanceof AskingCommand command
                ? verb.with(new FileFirst(look, command))
                : verb;
    }
}
