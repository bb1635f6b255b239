package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.BanOrigin;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.view.SessionView;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ban}: keeps addresses out, whatever the rules for guesses spare, and ends the sessions that they have. One line for the
 * ban, one per ended session. Any thread.
 */
final class Ban implements OperatorCommand {

    private final OperatedServer server;

    Ban(OperatedServer server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        AddressPrefix banned =
                prefix(request.range("address").orElseThrow(() -> Refused.wrong("say which \"address\" to ban")));
        Duration length = length(request, "seconds").orElse(Bans.FOR_GOOD);
        boolean kept = ban(server, List.of(banned), length);
        // before the first line: an operator who leaves or doesn't read must not stop half way
        List<SessionView> ended = EndedSessions.end(server, view -> isBanned(server, view));
        answer.line(fields(banned, kept));
        for (SessionView each : ended) {
            answer.line(Fields.of(each));
        }
    }

    /** Empty if none is said. */
    static Optional<Duration> length(Request request, String field) throws Refused {
        Optional<Duration> length = request.seconds(field, Bans.FOR_GOOD);
        if (length.filter(Duration::isZero).isPresent()) {
            throw Refused.wrong("a ban of no time is none");
        }
        return length;
    }

    /** Returns whether they outlive this process. */
    static boolean ban(OperatedServer server, Collection<AddressPrefix> banned, Duration length) {
        banned.forEach(each -> server.bans().banByOperator(each, length));
        return server.bans().save();
    }

    /** True if an operator, and not only the rules for guesses, keeps its address out. */
    static boolean isBanned(OperatedServer server, SessionView session) {
        return server.bans()
                .originOfBan(session.address())
                .filter(BanOrigin.OPERATOR::equals)
                .isPresent();
    }

    /** The names are a contract: scripts read them. */
    static Map<String, Object> fields(AddressPrefix banned, boolean kept) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("banned", banned.toString());
        fields.put("kept", kept);
        return fields;
    }

    static AddressPrefix prefix(AddressRange range) throws Refused {
        AddressPrefix prefix = AddressPrefix.counted(range.first(), range.bits());
        if (prefix.bits() == 0) {
            throw Refused.wrong("that is every address; \"ftpd drain\" ends the server");
        }
        return prefix;
    }
}
