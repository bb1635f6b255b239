package dev.zeroftpd.command;

import dev.zeroftpd.command.directory.OptsMlst;
import dev.zeroftpd.command.hash.OptsHash;
import dev.zeroftpd.command.parameter.OptsMode;
import dev.zeroftpd.command.reply.FixedReply;
import dev.zeroftpd.command.session.FeatCommand;
import dev.zeroftpd.command.session.HelpCommand;
import dev.zeroftpd.command.session.LangCommand;
import dev.zeroftpd.command.session.OptsCommand;
import dev.zeroftpd.command.session.OptsUtf8;
import dev.zeroftpd.command.session.SiteCommand;
import dev.zeroftpd.command.session.SiteHelp;
import dev.zeroftpd.command.session.SiteKick;
import dev.zeroftpd.command.session.SiteWho;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.control.SessionCharset;
import dev.zeroftpd.control.rule.Conduct;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** The verbs that tell about the server, or choose how it speaks to this session. Stateless; any thread. */
final class ServerCommands {

    private ServerCommands() {}

    /** @param verbs the whole table, of which HELP and FEAT tell */
    static List<Verb> all(Verbs verbs) {
        return List.of(
                Verb.of("FEAT", "", new FeatCommand(verbs)).beforeTls().quick(),
                Verb.of("HELP", "[command]", new HelpCommand(verbs)).beforeTls().quick(),
                Verb.of("OPTS", "command [options]", new OptsCommand())
                        .passesOn()
                        .beforeTls()
                        .quick(),
                Verb.of("OPTS MLST", "[facts]", new OptsMlst()).beforeTls().quick(),
                Verb.of("OPTS UTF8", "[ON]", new OptsUtf8())
                        .alias("OPTS UTF-8")
                        .beforeTls()
                        .with(Conduct.QUICK_BARRIER)
                        .feature(ServerCommands::utf8),
                Verb.of("OPTS MODE", "Z [LEVEL level]", new OptsMode())
                        .beforeTls()
                        .quick(),
                Verb.of("OPTS HASH", "[algorithm]", new OptsHash()).beforeTls().quick(),
                Verb.of("LANG", "[language]", new LangCommand(List::of))
                        .beforeTls()
                        .quick()
                        .feature("LANG EN*"),
                Verb.of("CLNT", "client", new FixedReply(FtpReply.REPLY_200_COMMAND_OKAY, "Noted."))
                        .beforeTls()
                        .quick()
                        .feature("CLNT"),
                Verb.of("CSID", "client", new FixedReply(200, "Name=ZeroFTPd; CaseSensitive=1; DirSep=/;"))
                        .beforeTls()
                        .quick()
                        .feature("CSID"),
                Verb.of("SYST", "", new FixedReply(FtpReply.REPLY_215_NAME_SYSTEM_TYPE, "UNIX Type: L8"))
                        .beforeTls()
                        .quick(),
                Verb.of("NOOP", "", new FixedReply(FtpReply.REPLY_200_COMMAND_OKAY, "Still here."))
                        .beforeTls()
                        .with(Conduct.QUICK_DURING_TRANSFER),
                Verb.of("SITE", "command", new SiteCommand()).passesOn(),
                Verb.of("SITE HELP", "", new SiteHelp(verbs)),
                Verb.of("SITE WHO", "(administrators)", new SiteWho()).needs(Need.ADMINISTRATOR),
                Verb.of("SITE KICK", "session or account (administrators)", new SiteKick())
                        .needs(Need.ADMINISTRATOR),
                Verb.stock("SITE DESCUSER", "account (administrators)"),
                Verb.stock("SITE STAT", "(administrators)"),
                Verb.stock("SITE ZONE", ""));
    }

    /** RFC 2640: a client that sees it may send UTF-8 at once, without asking. */
    private static Optional<String> utf8(FtpIoSession session) {
        return SessionCharset.of(session).current().isUtf8() ? Optional.of("UTF8") : Optional.empty();
    }
}
