package dev.zeroftpd.command.verb;

import dev.zeroftpd.command.reply.FixedReply;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.rule.Gate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;

/**
 * One verb: all that is known of it, in one row. The dispatcher, the login gate, HELP, FEAT and the compliance test read
 * nothing else. Immutable.
 *
 * @param name as clients write it, in upper case: {@code RETR}, {@code SITE CHMOD}
 * @param aliases other names of the same, for old clients
 * @param parameters what follows the name, for HELP; empty for nothing
 * @param command the command that answers it; empty for Apache FtpServer's own
 * @param gate what a session needs before it may be used
 * @param conduct when and where it may run
 * @param conductAlone the same without an argument
 * @param feature its line in FEAT for a session, without the blank; empty for none
 * @param refusal why it is known and not offered, for HELP
 */
public record Verb(
        String name,
        List<String> aliases,
        String parameters,
        Optional<Command> command,
        Gate gate,
        Conduct conduct,
        Conduct conductAlone,
        Function<FtpIoSession, Optional<String>> feature,
        Optional<String> refusal) {

    public Verb {
        aliases = List.copyOf(aliases);
    }

    /** A verb that needs a login, may block, and waits for the end of a transfer. */
    public static Verb of(String name, String parameters, Command command) {
        return of(name, parameters, Optional.of(command));
    }

    /** One that Apache FtpServer's own command answers. */
    public static Verb stock(String name, String parameters) {
        return of(name, parameters, Optional.empty());
    }

    private static Verb of(String name, String parameters, Optional<Command> command) {
        return new Verb(
                name,
                List.of(),
                parameters,
                command,
                Gate.AFTER_LOGIN,
                Conduct.ORDINARY,
                Conduct.ORDINARY,
                Verb::none,
                Optional.empty());
    }

    /**
     * A verb that a standard or a draft defines and that is refused on purpose: 502, which says "known, but not here", where
     * unknown verbs get 500.
     */
    public static Verb refused(String name, String why) {
        Command command = new FixedReply(FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, why);
        return new Verb(
                name,
                List.of(),
                "",
                Optional.of(command),
                Gate.AFTER_LOGIN,
                Conduct.QUICK,
                Conduct.QUICK,
                Verb::none,
                Optional.of(why));
    }

    private static Optional<String> none(FtpIoSession session) {
        return Optional.empty();
    }

    public Verb alias(String other) {
        return new Verb(name, List.of(other), parameters, command, gate, conduct, conductAlone, feature, refusal);
    }

    public Verb beforeLogin() {
        return with(Gate.BEFORE_LOGIN);
    }

    public Verb beforeTls() {
        return with(Gate.BEFORE_TLS);
    }

    /** Never blocks. */
    public Verb quick() {
        return with(Conduct.QUICK);
    }

    /** Answered by another command. */
    public Verb with(Command other) {
        return new Verb(name, aliases, parameters, Optional.of(other), gate, conduct, conductAlone, feature, refusal);
    }

    private Verb with(Gate other) {
        return new Verb(name, aliases, parameters, command, other, conduct, conductAlone, feature, refusal);
    }

    public Verb with(Conduct other) {
        return with(other, other);
    }

    public Verb with(Conduct withArgument, Conduct alone) {
        return new Verb(name, aliases, parameters, command, gate, withArgument, alone, feature, refusal);
    }

    /** The same line in FEAT for every session. */
    public Verb feature(String line) {
        return feature(session -> Optional.of(line));
    }

    public Verb feature(Function<FtpIoSession, Optional<String>> line) {
        return new Verb(name, aliases, parameters, command, gate, conduct, conductAlone, line, refusal);
    }

    /** Its names. */
    List<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream()).toList();
    }

    boolean isOffered() {
        return refusal.isEmpty();
    }

    /** How it is written by one of its names. */
    public String syntax(String written) {
        return parameters.isEmpty() ? written : written + " " + parameters;
    }
}
