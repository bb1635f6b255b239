package dev.zeroftpd.operator;

import dev.zeroftpd.config.AddressRange;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.admission.AddressPrefix;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.ops.LogText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code kick}: ends sessions, bans where they came from, disables whom they belong to. Any thread.
 *
 * <p>One line per disabled account, one per ban, one per ended session.
 */
final class Kick implements OperatorCommand {

    private static final Logger LOG = LoggerFactory.getLogger(Kick.class);

    private final OperatedServer server;

    private final Predicate<SessionView> scope;

    /** @param scope the sessions that it may end: for it, there are no others */
    Kick(OperatedServer server, Predicate<SessionView> scope) {
        this.server = server;
        this.scope = scope;
    }

    /**
     * What is asked.
     *
     * @param wanted the sessions
     * @param user whose they are, if that is how they were named
     * @param range where they are from, if that is how they were named
     */
    private record Order(
            Predicate<SessionView> wanted,
            Optional<String> user,
            Optional<AddressPrefix> range,
            Optional<Duration> ban,
            boolean disables) {}

    @Override
    public void run(Request request, Answer answer) throws Refused, IOException {
        Order order = order(request);
        List<SessionView> found = find(order);
        Set<String> disabled = order.disables() ? accounts(found, order.user()) : Set.of();
        Set<AddressPrefix> banned = order.ban().isPresent() ? addresses(found, order.range()) : Set.of();
        boolean nothing = found.isEmpty() && disabled.isEmpty() && banned.isEmpty();
        if (nothing || (order.ban().isPresent() && banned.isEmpty())) {
            throw Refused.because("there is no such session; \"ftpd who\" lists them");
        }
        if (!disabled.isEmpty()) {
            disable(disabled);
        }
        boolean kept = banned.isEmpty() || Ban.ban(server, banned, order.ban().orElseThrow());
        // only now: a login that was under way is found, or finds out by itself that it may not be
        List<SessionView> ended = EndedSessions.end(
                server, scope.and(order.wanted().or(view -> !banned.isEmpty() && Ban.isBanned(server, view))));
        for (String account : disabled) {
            answer.line(Map.of("disabled", account));
        }
        for (AddressPrefix each : banned) {
            answer.line(Ban.fields(each, kept));
        }
        for (SessionView each : ended) {
            answer.line(Fields.of(each));
        }
    }

    /** Everything that can be wrong with a request is found here, before anything is done. */
    private static Order order(Request request) throws Refused {
        Optional<String> session = request.text("session");
        Optional<String> user = request.text("user");
        Optional<AddressRange> range = request.range("address");
        Optional<Duration> ban = Ban.length(request, "ban_seconds");
        Optional<AddressPrefix> prefix = Optional.empty();
        if (range.isPresent() && ban.isPresent()) {
            prefix = Optional.of(Ban.prefix(range.get()));
        }
        return new Order(wanted(session, user, range), user, prefix, ban, request.flag("disable"));
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

    private List<SessionView> find(Order order) {
        return server.sessions().open().stream()
                .map(ControlConnection::view)
                .flatMap(Optional::stream)
                .filter(order.wanted())
                .filter(scope)
                .toList();
    }

    private static Set<String> accounts(List<SessionView> found, Optional<String> user) {
        Set<String> accounts = new LinkedHashSet<>();
        user.ifPresent(accounts::add);
        found.forEach(each -> each.user().ifPresent(accounts::add));
        return accounts;
    }

    /** As much of each address as one client can't change, as bans for guesses have it: or it comes back from the next one. */
    private Set<AddressPrefix> addresses(List<SessionView> found, Optional<AddressPrefix> range) {
        Set<AddressPrefix> addresses = new LinkedHashSet<>();
        if (range.isPresent()) {
            addresses.add(range.get());
        } else {
            found.forEach(each -> addresses.add(server.sessions().prefixOf(each.address())));
        }
        return addresses;
    }

    private void disable(Set<String> accounts) throws Refused {
        AccountEdit.run(() -> server.disable(accounts), "disable");
        accounts.forEach(account -> LOG.info("The operator disabled the account {}", LogText.escape(account)));
    }
}
