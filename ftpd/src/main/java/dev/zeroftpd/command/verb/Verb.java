package dev.zeroftpd.command.verb;

import dev.zeroftpd.command.reply.FixedReply;
import dev.zeroftpd.command.reply.Refusal;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.rule.Gate;
import dev.zeroftpd.control.rule.Telling;
import dev.zeroftpd.ops.event.EventKind;
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
 * @param rules when it may be used, and by which accounts
 * @param feature its line in FEAT for a session, without the blank; empty for none
 * @param refusal why it is known and not offered, for HELP
 */
public record Verb(
        String name,
        List<String> aliases,
        String parameters,
        Optional<Command> command,
        Rules rules,
        Function<FtpIoSession, Optional<String>> feature,
        Optional<String> refusal) {

    /**
     * When a verb may be used, and by which accounts.
     *
     * @param gate what a session needs before
     * @param need what the account needs; asked by the command
     * @param refusal what it means that storage refuses the file which the verb names
     * @param conduct when and where it may run
     * @param conductAlone the same without an argument
     * @param passesOn whether its argument begins with the name of another verb, whose row has the conduct and the gate
     * @param telling what of its line operators may see who trace a session
     * @param transfer what it transfers, to be told if it is refused; empty for verbs that move no file
     */
    public record Rules(
            Gate gate,
            Need need,
            Refusal refusal,
            Conduct conduct,
            Conduct conductAlone,
            boolean passesOn,
            Telling telling,
            Optional<EventKind> transfer) {

        private static final Rules USUAL = new Rules(
                Gate.AFTER_LOGIN,
                Need.NOTHING,
                Refusal.OF_ACTION,
                Conduct.ORDINARY,
                Conduct.ORDINARY,
                false,
                Telling.WHOLE,
                Optional.empty());

        private Rules with(Gate other) {
            return new Rules(other, need, refusal, conduct, conductAlone, passesOn, telling, transfer);
        }

        private Rules with(Need other) {
            return new Rules(gate, other, refusal, conduct, conductAlone, passesOn, telling, transfer);
        }

        private Rules with(Refusal other) {
            return new Rules(gate, need, other, conduct, conductAlone, passesOn, telling, transfer);
        }

        private Rules with(Conduct withArgument, Conduct alone) {
            return new Rules(gate, need, refusal, withArgument, alone, passesOn, telling, transfer);
        }

        private Rules passingOn() {
            return new Rules(gate, need, refusal, conduct, conductAlone, true, telling, transfer);
        }

        private Rules transferring(EventKind kind) {
            return new Rules(gate, need, refusal, conduct, conductAlone, passesOn, telling, Optional.of(kind));
        }

        private Rules with(Telling other) {
            return new Rules(gate, need, refusal, conduct, conductAlone, passesOn, other, transfer);
        }
    }

    public Verb {
        aliases = List.copyOf(aliases);
    }

    /** A verb that needs a login, may block, and waits for the end of a transfer. */
    public static Verb of(String name, String parameters, Command command) {
        return of(name, parameters, Optional.of(command));
    }

    /** One that Apache FtpServer's own command answers, which also asks the account by itself. */
    public static Verb stock(String name, String parameters) {
        return of(name, parameters, Optional.empty());
    }

    private static Verb of(String name, String parameters, Optional<Command> command) {
        return new Verb(name, List.of(), parameters, command, Rules.USUAL, Verb::none, Optional.empty());
    }

    /**
     * A verb that a standard or a draft defines and that is refused on purpose: 502, which says "known, but not here", where
     * unknown verbs get 500.
     */
    public static Verb refused(String name, String why) {
        Command command = new FixedReply(FtpReply.REPLY_502_COMMAND_NOT_IMPLEMENTED, why);
        Rules quick = Rules.USUAL.with(Conduct.QUICK, Conduct.QUICK);
        return new Verb(name, List.of(), "", Optional.of(command), quick, Verb::none, Optional.of(why));
    }

    private static Optional<String> none(FtpIoSession session) {
        return Optional.empty();
    }

    public Verb alias(String other) {
        return new Verb(name, List.of(other), parameters, command, rules, feature, refusal);
    }

    public Verb beforeLogin() {
        return with(rules.with(Gate.BEFORE_LOGIN));
    }

    public Verb beforeTls() {
        return with(rules.with(Gate.BEFORE_TLS));
    }

    /**
     * Needs that of its account.
     *
     * @throws IllegalArgumentException if its command never asks for it
     */
    public Verb needs(Need need) {
        return with(rules.with(need)).with(command.orElseThrow(() -> neverAsks(need)));
    }

    /** Names a file to be written, so that 553 says that storage refuses it. */
    public Verb namesNewFile() {
        return with(rules.with(Refusal.OF_NAME));
    }

    /** Transfers a file; those who follow events hear of it if it is refused. */
    public Verb transfers(EventKind kind) {
        return with(rules.transferring(kind));
    }

    /** Its argument begins with the name of the verb that is meant. */
    public Verb passesOn() {
        return with(rules.passingOn());
    }

    /** Operators who trace a session see that much of its line; all of it unless this is said. */
    public Verb telling(Telling other) {
        return with(rules.with(other));
    }

    /** Never blocks. */
    public Verb quick() {
        return with(Conduct.QUICK);
    }

    public Verb with(Conduct other) {
        return with(other, other);
    }

    public Verb with(Conduct withArgument, Conduct alone) {
        return with(rules.with(withArgument, alone));
    }

    private Verb with(Rules other) {
        return new Verb(name, aliases, parameters, command, other, feature, refusal);
    }

    /** Answered by another command, with the same needs. */
    public Verb with(Command other) {
        Command asking = switch (rules.need()) {
            case NOTHING -> other;
            case ADMINISTRATOR -> new AdministratorsOnly(other);
            default -> {
                if (!(other instanceof AskingCommand command)) {
                    throw neverAsks(rules.need());
                }
                yield command.asking(rules.need());
            }
        };
        return new Verb(name, aliases, parameters, Optional.of(asking), rules, feature, refusal);
    }

    private IllegalArgumentException neverAsks(Need need) {
        return new IllegalArgumentException("The command of " + name + " can't ask for " + need);
    }

    /** The same line in FEAT for every session. */
    public Verb feature(String line) {
        return feature(session -> Optional.of(line));
    }

    public Verb feature(Function<FtpIoSession, Optional<String>> line) {
        return new Verb(name, aliases, parameters, command, rules, line, refusal);
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
