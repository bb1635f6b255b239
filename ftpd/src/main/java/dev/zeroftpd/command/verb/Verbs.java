package dev.zeroftpd.command.verb;

import dev.zeroftpd.command.reply.Refusal;
import dev.zeroftpd.command.reply.StorageReplies;
import dev.zeroftpd.command.stock.Answer;
import dev.zeroftpd.control.rule.CommandRules;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.rule.Gate;
import dev.zeroftpd.control.rule.Telling;
import dev.zeroftpd.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.LocalizedFtpReply;
import org.jspecify.annotations.Nullable;

/**
 * The table of all verbs: which command answers which, and by which rules. An embedder's command survives, Apache
 * FtpServer's own gives way to ours. Immutable; any thread.
 */
public final class Verbs implements CommandFactory, CommandRules {

    private static final String STOCK_PACKAGE = "org.apache.ftpserver.command.impl";

    /** What HTTP's and SMTP's clients say first; no FTP server ever had these. */
    private static final Set<String> OTHER_PROTOCOLS = Set.of(
            "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PRI", "HELO", "EHLO",
            "LHLO");

    private final CommandFactory others;
    private final Optional<Function<Answer, FtpReply>> wording;
    private final List<Verb> rows;
    private final Map<String, Verb> byKey = new HashMap<>();

    /**
     * The table.
     *
     * @param others the embedder's commands, and Apache FtpServer's
     * @param rows makes the rows, of which some tell about all of them
     */
    public Verbs(CommandFactory others, Function<Verbs, List<Verb>> rows) {
        this(others, rows, Optional.empty());
    }

    /** @param wording how the replies of our own commands are put */
    public Verbs(CommandFactory others, Function<Verbs, List<Verb>> rows, Function<Answer, FtpReply> wording) {
        this(others, rows, Optional.of(wording));
    }

    private Verbs(
            CommandFactory others, Function<Verbs, List<Verb>> rows, Optional<Function<Answer, FtpReply>> wording) {
        this.others = others;
        this.wording = wording;
        this.rows = List.copyOf(rows.apply(this));
        for (Verb verb : this.rows) {
            verb.names().forEach(name -> byKey.put(key(name), verb));
        }
    }

    /**
     * The rows with some of them changed.
     *
     * @param changes what becomes of a row, by its name
     * @throws IllegalArgumentException if there is no row of such a name
     */
    public static List<Verb> changed(List<Verb> rows, Map<String, Function<Verb, List<Verb>>> changes) {
        Map<String, Function<Verb, List<Verb>>> left = new HashMap<>(changes);
        List<Verb> changed = new ArrayList<>();
        for (Verb row : rows) {
            Function<Verb, List<Verb>> change = left.remove(row.name());
            if (change == null) {
                changed.add(row);
            } else {
                changed.addAll(change.apply(row));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("No rows of these names: " + left.keySet());
        }
        return changed;
    }

    /** The name by which commands are looked up: Apache FtpServer's requests lose a leading X. */
    private static String key(String name) {
        return (name.startsWith("X") ? name.substring(1) : name).replace(' ', '_');
    }

    /** Null if there is none. */
    @Override
    @SuppressWarnings("NullAway") // Apache FtpServer's contract
    public Command getCommand(String key) {
        @Nullable Command other = others.getCommand(key);
        @Nullable Verb verb = byKey.get(key);
        return verb != null && verb.command().isPresent() && !isForeign(other)
                ? verb.command().get()
                : other;
    }

    @Override
    public Conduct conduct(FtpRequest request) {
        String key = request.getCommand();
        return passesOn(request)
                ? conductOf(behind(key, request.getArgument()), true)
                : conductOf(key, request.hasArgument());
    }

    /** Whether the request's argument begins with the name of the verb that is meant. */
    private boolean passesOn(FtpRequest request) {
        @Nullable Verb verb = byKey.get(request.getCommand());
        return verb != null && verb.rules().passesOn() && request.hasArgument();
    }

    /** The key of the verb that is meant by the argument of one that passes on. */
    private static String behind(String key, String argument) {
        return key + "_" + firstWord(argument);
    }

    @Override
    public Optional<FtpReply> refusal(FtpRequest request, Throwable failure) {
        return failure instanceof StorageException refused
                ? Optional.of(StorageReplies.of(refused, refusal(request)))
                : Optional.empty();
    }

    @Override
    public int refusalCode(FtpRequest request) {
        return refusal(request).code();
    }

    private Refusal refusal(FtpRequest request) {
        String key = request.getCommand();
        @Nullable Verb verb = byKey.get(passesOn(request) ? behind(key, request.getArgument()) : key);
        return verb == null ? Refusal.OF_ACTION : verb.rules().refusal();
    }

    @Override
    public void refused(FtpIoSession session, FtpRequest request, FtpReply reply) {
        @Nullable Verb verb = byKey.get(request.getCommand());
        if (verb != null) {
            verb.rules().transfer().ifPresent(kind -> RefusalEvents.publish(session, request, kind, reply));
        }
    }

    @Override
    public boolean isOtherProtocol(FtpRequest request) {
        String key = request.getCommand();
        return OTHER_PROTOCOLS.contains(key) && getCommand(key) == null;
    }

    private Conduct conductOf(String key, boolean hasArgument) {
        @Nullable Verb verb = byKey.get(key);
        if (verb == null) {
            return Conduct.ORDINARY;
        }
        Conduct conduct = hasArgument ? verb.rules().conduct() : verb.rules().conductAlone();
        return isForeign(others.getCommand(key)) ? conduct.blocking() : conduct;
    }

    @Override
    public Gate gate(FtpRequest request) {
        @Nullable Verb verb = byKey.get(request.getCommand());
        @Nullable
        Verb meant = passesOn(request) ? byKey.get(behind(request.getCommand(), request.getArgument())) : verb;
        if (meant != null) {
            return meant.rules().gate();
        }
        return verb == null ? Gate.AFTER_LOGIN : verb.rules().gate();
    }

    /** Behind a verb that passes on there may be one of another server's, such as one that changes passwords. */
    @Override
    public Telling telling(FtpRequest request) {
        String key = request.getCommand();
        if (getCommand(key) == null) {
            return Telling.NOTHING;
        }
        String meant = passesOn(request) ? behind(key, request.getArgument().strip()) : key;
        if (getCommand(meant) == null) {
            return Telling.VERB;
        }
        @Nullable Verb verb = byKey.get(meant);
        return verb == null ? Telling.WHOLE : verb.rules().telling();
    }

    @Override
    public boolean putsReplies() {
        return wording.isPresent();
    }

    /** Whatever an embedder's command says stays; Apache FtpServer's own have asked the message resource already. */
    @Override
    public FtpReply put(FtpIoSession session, FtpServerContext context, FtpRequest request, FtpReply reply) {
        return wording.isEmpty() || reply instanceof LocalizedFtpReply || isForeign(meant(request))
                ? reply
                : wording.get().apply(new Answer(session, context, request, reply));
    }

    /** What an embedder or Apache FtpServer has for the request, also behind a verb that passes on. */
    private @Nullable Command meant(FtpRequest request) {
        String key = request.getCommand();
        @Nullable Command command = others.getCommand(key);
        return !isForeign(command) && passesOn(request)
                ? others.getCommand(behind(key, request.getArgument()))
                : command;
    }

    /** What is known of a verb, by one of its names. */
    public Optional<Verb> find(String name) {
        return rows.stream().filter(verb -> verb.names().contains(name)).findFirst();
    }

    /** The names of all verbs that are offered, without those behind another one, in alphabetical order. */
    public List<String> offered() {
        return rows.stream()
                .filter(Verb::isOffered)
                .flatMap(verb -> verb.names().stream())
                .filter(name -> !name.contains(" "))
                .sorted()
                .toList();
    }

    /** How everything behind a verb that passes on is written, without that verb, in alphabetical order. */
    public List<String> syntaxBehind(String passingOn) {
        String prefix = passingOn + " ";
        return rows.stream()
                .filter(verb -> verb.name().startsWith(prefix))
                .map(verb -> verb.syntax(verb.name()).substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** The lines of FEAT for a session. */
    public List<String> features(FtpIoSession session) {
        return rows.stream()
                .flatMap(verb -> verb.feature().apply(session).stream())
                .toList();
    }

    /** The names of all verbs by the keys of their requests, without those behind another one. */
    public Map<String, String> namesByKey() {
        Map<String, String> names = new HashMap<>();
        byKey.forEach((key, verb) -> {
            if (!verb.name().contains(" ")) {
                names.put(key, verb.name());
            }
        });
        return names;
    }

    /** Every name in the table, in its order, as clients write it. */
    public List<String> names() {
        return rows.stream().flatMap(verb -> verb.names().stream()).toList();
    }

    /** A command that an embedder wrote. */
    private static boolean isForeign(@Nullable Command command) {
        return command != null && !command.getClass().getPackageName().equals(STOCK_PACKAGE);
    }

    /**
     * The command that is meant by the argument of a verb that passes on, as the session's server has it; empty if there
     * is none.
     */
    public static Optional<Command> behind(FtpServerContext context, String passingOn, String argument) {
        return Optional.ofNullable(context.getCommandFactory().getCommand(behind(passingOn, argument)));
    }

    /** What the argument of a verb that passes on begins with: the name of the verb that is meant, in upper case. */
    public static String firstWord(String argument) {
        int space = argument.indexOf(' ');
        return (space < 0 ? argument : argument.substring(0, space)).toUpperCase(Locale.ROOT);
    }
}
