package dev.zeroftpd.command;

import dev.zeroftpd.command.login.HomeLeaving;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.login.PassCommand;
import dev.zeroftpd.command.login.UserCommand;
import dev.zeroftpd.command.parameter.ActiveCommand;
import dev.zeroftpd.command.parameter.AlloCommand;
import dev.zeroftpd.command.parameter.ExtendedPassiveCommand;
import dev.zeroftpd.command.parameter.ModeCommand;
import dev.zeroftpd.command.parameter.PassiveCommand;
import dev.zeroftpd.command.parameter.PbszCommand;
import dev.zeroftpd.command.parameter.ProtCommand;
import dev.zeroftpd.command.parameter.RangCommand;
import dev.zeroftpd.command.parameter.RestCommand;
import dev.zeroftpd.command.parameter.StruCommand;
import dev.zeroftpd.command.parameter.TypeCommand;
import dev.zeroftpd.command.reply.FixedReply;
import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.command.session.AborCommand;
import dev.zeroftpd.command.session.AuthCommand;
import dev.zeroftpd.command.session.HostCommand;
import dev.zeroftpd.command.session.QuitCommand;
import dev.zeroftpd.command.session.ReinCommand;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.rule.Telling;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/** The verbs that log in, protect the session, and prepare its next transfer. Stateless; any thread. */
final class SessionCommands {

    private SessionCommands() {}

    static List<Verb> all(LoginThreads logins) {
        HomeLeaving homes = new HomeLeaving(logins::soon);
        return List.of(
                Verb.of("AUTH", "TLS", new AuthCommand(homes::logOut))
                        .beforeTls()
                        .with(Conduct.BARRIER)
                        .feature(session -> session.getListener().isImplicitSsl()
                                ? Optional.empty()
                                : overTls("AUTH TLS").apply(session)),
                Verb.of("PBSZ", "0", new PbszCommand()).beforeTls().quick().feature(overTls("PBSZ")),
                Verb.of("PROT", "P|C", new ProtCommand(true))
                        .beforeTls()
                        .quick()
                        .feature(overTls("PROT")),
                Verb.of(
                                "CCC",
                                "",
                                new FixedReply(
                                        Replies.REPLY_DENIED_BY_POLICY,
                                        "The control connection cannot go back to clear text."))
                        .beforeTls()
                        .quick(),
                Verb.of("USER", "name", new UserCommand(homes))
                        .beforeLogin()
                        .quick()
                        .telling(Telling.ACCOUNT_NAME),
                Verb.of("PASS", "password", new PassCommand(logins))
                        .beforeLogin()
                        .telling(Telling.VERB),
                Verb.of(
                                "ACCT",
                                "account",
                                new FixedReply(FtpReply.REPLY_202_COMMAND_NOT_IMPLEMENTED, "No account is needed."))
                        .beforeLogin()
                        .quick()
                        .telling(Telling.VERB),
                Verb.of("REIN", "", new ReinCommand(homes)).beforeTls().with(Conduct.QUICK_BARRIER),
                Verb.of("QUIT", "", new QuitCommand()).beforeTls(),
                Verb.of("HOST", "name", new HostCommand()).beforeTls().quick().feature("HOST"),
                Verb.of("TYPE", "A|I|L 8", new TypeCommand()).quick(),
                Verb.of("STRU", "F", new StruCommand()).quick(),
                // MODE Z works but is not offered by FEAT: lftp switches to it by itself, and trades zero-copy for a
                // processor's worth of compression that a fast network does not want.
                Verb.of("MODE", "S|Z", new ModeCommand()).quick(),
                Verb.of("REST", "offset", new RestCommand()).quick().feature("REST STREAM"),
                Verb.of("RANG", "first last", new RangCommand()).quick().feature("RANG STREAM"),
                Verb.of("ALLO", "bytes", new AlloCommand()),
                // may ask the DNS for the announced address
                Verb.of("PASV", "", new PassiveCommand()),
                Verb.of("EPSV", "[1|2|ALL]", new ExtendedPassiveCommand())
                        .quick()
                        .feature("EPSV"),
                Verb.of("PORT", "h1,h2,h3,h4,p1,p2", ActiveCommand.port()).quick(),
                Verb.of("EPRT", "|protocol|address|port|", ActiveCommand.extendedPort())
                        .quick()
                        .feature(session -> session.getListener()
                                        .getDataConnectionConfiguration()
                                        .isActiveEnabled()
                                ? Optional.of("EPRT")
                                : Optional.empty()),
                Verb.of("ABOR", "", new AborCommand()).beforeTls().with(Conduct.ABORT));
    }

    private static Function<FtpIoSession, Optional<String>> overTls(String line) {
        return session -> ControlConnection.of(session).offersTls() ? Optional.of(line) : Optional.empty();
    }
}
