package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.BanOrigin;
import dev.zeroftpd.control.ban.Bans;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

/**
 * {@code ban}: keeps addresses out, whatever the rules for guesses spare, and ends the sessions that they have. One line per
 * ended session. Any thread.
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
        ban(server, banned, request.seconds("seconds", Bans.FOR_GOOD).orElse(Bans.FOR_GOOD));
        for (ControlConnection connection : server.sessions().open()) {
            var view = connection.view();
            if (view.isPresent() && isBannedByOperator(view.get().address())) {
                Kick.kick(connection, view.get());
                answer.line(Who.fields(view.get()));
            }
        }
    }

    private boolean isBannedByOperator(InetAddress address) {
        return server.bans()
                .originOfBan(address)
                .filter(BanOrigin.OPERATOR::equals)
                .isPresent();
    }

    static void ban(OperatedServer server, AddressPrefix banned, Duration length) throws Refused {
        if (length.isZero()) {
            throw Refused.wrong("a ban of no time is none");
        }
        server.bans().banByOperator(banned, length);
    }

    static AddressPrefix prefix(AddressRange range) throws Refused {
        if (range.bits() == 0) {
            throw Refused.wrong("that is every address; \"ftpd drain\" ends the server");
        }
        return AddressPrefix.range(range.first(), range.bits());
    }
}
