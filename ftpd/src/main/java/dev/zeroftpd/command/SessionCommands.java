package dev.zeroftpd.command;

import dev.zeroftpd.control.AuthCommand;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;

/** The verbs that are about the session and the server, not about files. Stateless; any thread. */
final class SessionCommands {

    /** RFC 2228, section 5. */
    private static final int REQUEST_DENIED_BY_POLICY = 534;

    private SessionCommands() {}

    static Map<String, Command> all(LoginThreads logins) {
        HomeLeaving homes = new HomeLeaving(logins::soon);
        return Map.ofEntries(
                Map.entry("USER", new UserCommand(homes)),
                Map.entry("PASS", new PassCommand(logins)),
                Map.entry("ACCT", superfluous("No account is needed.")),
                Map.entry("REIN", new ReinCommand(homes)),
                Map.entry("QUIT", new QuitCommand()),
                Map.entry("HOST", new HostCommand()),
                Map.entry("AUTH", new AuthCommand(homes::logOut)),
                Map.entry("PBSZ", new PbszCommand()),
                Map.entry("PROT", new ProtCommand(true)),
                Map.entry(
                        "CCC",
                        new FixedReply(
                                REQUEST_DENIED_BY_POLICY, "The control connection cannot go back to clear text.")),
                Map.entry("TYPE", new TypeCommand()),
                Map.entry("STRU", new StruCommand()),
                Map.entry("MODE", new ModeCommand()),
                Map.entry("REST", new RestCommand()),
                Map.entry("RANG", new RangCommand()),
                Map.entry("ALLO", new AlloCommand()),
                Map.entry("PASV", new PassiveCommand()),
                Map.entry("EPSV", new ExtendedPassiveCommand()),
                Map.entry("PORT", ActiveCommand.port()),
                Map.entry("EPRT", ActiveCommand.extendedPort()),
                Map.entry("ABOR", new AborCommand()),
                Map.entry("FEAT", new FeatCommand(List.of())),
                Map.entry("OPTS", new OptsCommand()),
                Map.entry("OPTS_MLST", new OptsMlst()),
                Map.entry("OPTS_UTF8", new OptsUtf8()),
                Map.entry("OPTS_UTF-8", new OptsUtf8()),
                Map.entry("OPTS_MODE", new OptsMode()),
                Map.entry("OPTS_HASH", new OptsHash()),
                Map.entry("LANG", new LangCommand()),
                Map.entry("CLNT", new FixedReply(FtpReply.REPLY_200_COMMAND_OKAY, "Noted.")),
                Map.entry("CSID", new FixedReply(200, "Name=ZeroFTPd; CaseSensitive=1; DirSep=/;")),
                Map.entry("SYST", new FixedReply(FtpReply.REPLY_215_NAME_SYSTEM_TYPE, "UNIX Type: L8")),
                Map.entry("HELP", new HelpCommand()),
                Map.entry("NOOP", new FixedReply(FtpReply.REPLY_200_COMMAND_OKAY, "Still here.")));
    }

    private static Command superfluous(String why) {
        return new FixedReply(FtpReply.REPLY_202_COMMAND_NOT_IMPLEMENTED, why);
    }
}
