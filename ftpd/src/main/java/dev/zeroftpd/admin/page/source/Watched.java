package dev.zeroftpd.admin.page.source;

import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.operator.OperatedServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server, as far as the live page shows it. Any thread; never waits for a client or a disk. */
public interface Watched {

    /** The sessions now, the oldest first; some milliseconds for 10,000. */
    List<SessionView> sessions();

    /** What was counted since the start. */
    Totals totals();

    /** Through which the page acts, as the control socket does. */
    OperatedServer operated();

    /** Whether there is such an account now, and it is in that group. */
    boolean isMember(String user, String group);

    /** The groups that an account is in now; none if there is no such account. */
    List<String> groups(String user);

    /** All accounts, in the order of their names. */
    List<ListedAccount> accounts();

    /** By account, what it has stored and may store, as {@code ftpd quota --json} says it; empty without quotas. */
    Map<String, Map<String, ?>> quotas();

    /** How the server is, with the names that the page knows. */
    Map<String, @Nullable Object> health();

    /** Notes that a person has done something by the page. */
    void audit(String name, String address, String what);
}
