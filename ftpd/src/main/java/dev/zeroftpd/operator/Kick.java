package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.ban.Bans;
import dev.zeroftpd.control.view.SessionView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code kick}: ends sessions, bans where they came from, disables whom they belong to. One line per ended session. Any thread. */
final class Kick implements OperatorCommand {

    private static final Logger LOG = LoggerFactory.getLogger(Kick.class);

    private final OperatedServer server;

    Kick(OperatedServer server) {
        this.server = server;
    }

    /** A session, and what it was when it was looked at. */
    private record Found(ControlConnection connection, SessionView view) {}

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        Optional<Duration> ban = request.seconds("ban_seconds", Bans.FOR_GOOD);
        Optional<String> user = request.text("user");
        Optional<AddressRange> address = request.range("address");
        List<Found> found = find(wanted(request.text("session"), user, address));
        boolean disable = request.flag("disable");
        if (found.isEmpty() && !(disable && user.isPresent()) && !(ban.isPresent() && address.isPresent())) {
            throw Refused.because("there is no such session; \"ftpd who\" lists them");
        }
        // first what keeps them from coming back at once
        if (disable) {
            disable(accounts(found, user));
        }
        if (ban.isPresent()) {
            ban(found, address, ban.get());
        }
        for (Found each : found) {
            kick(each.connection(), each.view());
            answer.line(Who.fields(each.view()));
        }
    }

    private static Predicate<SessionView> wanted(
            Optional<String> session, Optional<String> user, Optional<AddressRange> address) throws Refused {
        if ((session.isPresent() ? 1 : 0) + (user.isPresent() ? 1 : 0) + (address.isPresent() ? 1 : 0) != 1) {
            throw Refused.wrong("say which sessions: by one of \"session\", \"user\", \"address\"");
        }
        return view -> user.map(name -> view.user().filter(name::equals).isPresent())
                .or(() -> address.map(range -> range.contains(view.address())))
                .orElseGet(() -> session.filter(view.session()::equals).isPresent());
    }

    private List<Found> find(Predicate<SessionView> wanted) {
        List<Found> found = new ArrayList<>();
        for (ControlConnection connection : server.sessions().open()) {
            connection.view().filter(wanted).ifPresent(view -> found.add(new Found(connection, view)));
        }
        return found;
    }

    private static Set<String> accounts(List<Found> found, Optional<String> user) {
        Set<String> accounts = new LinkedHashSet<>();
        user.ifPresent(accounts::add);
        found.forEach(each -> each.view().user().ifPresent(accounts::add));
        return accounts;
    }

    private void disable(Set<String> accounts) throws Refused {
        for (String account : accounts) {
            try {
                server.disable(account);
            } catch (ConfigException e) {
                throw Refused.because("nothing was done: " + e.getMessage());
            } catch (IOException e) {
                throw Refused.because(
                        "nothing was done: the server can't write the accounts; \"ftpd user disable\" may do it");
            }
            LOG.info("The operator disabled the account {}", account);
        }
    }

    private void ban(List<Found> found, Optional<AddressRange> range, Duration length) throws Refused {
        if (range.isPresent()) {
            Ban.ban(server, Ban.prefix(range.get()), length);
            return;
        }
        for (Found each : found) {
            Ban.ban(server, new AddressPrefix(each.view().address()), length);
        }
    }

    static void kick(ControlConnection connection, SessionView view) {
        connection.kick("Ended by the administrator.", "by the operator", view);
    }
}
