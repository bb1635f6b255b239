package dev.zeroftpd.server.page;

import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.admin.page.source.ListedAccount;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.control.ControlConnection;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.operator.OperatedServer;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running server, as the live page sees it. Any thread. */
public final class WatchedServer implements Watched {

    private final OperatedServer operated;
    private final Supplier<Totals> totals;
    private final Supplier<Accounts> accounts;
    private final Supplier<Vitals> vitals;
    private final Events events;
    private final PageParts parts;
    private final Instant started = Instant.now();

    /** @param events hears what is done by the page */
    public WatchedServer(
            OperatedServer operated,
            Supplier<Totals> totals,
            Supplier<Accounts> accounts,
            Supplier<Vitals> vitals,
            Events events,
            PageParts parts) {
        this.operated = operated;
        this.totals = totals;
        this.accounts = accounts;
        this.vitals = vitals;
        this.events = events;
        this.parts = parts;
    }

    @Override
    public List<SessionView> sessions() {
        return operated.sessions().open().stream()
                .map(ControlConnection::view)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Totals totals() {
        return totals.get();
    }

    @Override
    public OperatedServer operated() {
        return operated;
    }

    @Override
    public boolean isMember(String user, String group) {
        return groups(user).contains(group);
    }

    @Override
    public List<String> groups(String user) {
        return accounts.get().find(user).map(Account::groups).orElse(List.of());
    }

    @Override
    public List<ListedAccount> accounts() {
        return accounts.get().all().stream()
                .<ListedAccount>map(ServerAccount::new)
                .toList();
    }

    @Override
    public Map<String, Map<String, ?>> quotas() {
        Map<String, Map<String, ?>> byAccount = new HashMap<>();
        try {
            operated.showQuotas(Optional.empty(), line -> byAccount.put(String.valueOf(line.get("user")), line));
        } catch (Refused none) {
            return Map.of(); // no account has a quota
        } catch (IOException e) {
            throw new IllegalStateException("a map can be written to", e);
        }
        return byAccount;
    }

    @Override
    public Map<String, @Nullable Object> health() {
        Instant now = Instant.now();
        Map<String, @Nullable Object> health =
                Health.of(vitals.get(), parts.lastReload().fields(), operated.isDraining(), now);
        health.put("uptime_seconds", Math.max(0, Duration.between(started, now).toMinutes() * 60)); // changes seldom
        return health;
    }

    @Override
    public void audit(String name, String address, String what) {
        events.publish(
                EventKind.AUDIT, new Event.Client("", name, address, false), Event.Deed.NONE, new Ending.Ordered(what));
    }
}
