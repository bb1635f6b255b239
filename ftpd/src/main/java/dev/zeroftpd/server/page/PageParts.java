package dev.zeroftpd.server.page;

import com.sun.net.httpserver.HttpExchange;
import dev.zeroftpd.admin.http.Caller;
import dev.zeroftpd.admin.http.Deadlines;
import dev.zeroftpd.admin.http.Exchanges;
import dev.zeroftpd.admin.http.Site;
import dev.zeroftpd.admin.metric.Totals;
import dev.zeroftpd.admin.page.LivePage;
import dev.zeroftpd.admin.page.history.History;
import dev.zeroftpd.admin.page.history.KeptHistory;
import dev.zeroftpd.admin.page.sign.PageRole;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.source.EndedTransfers;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.operator.OperatedServer.WebLink;
import dev.zeroftpd.operator.Refused;
import dev.zeroftpd.ops.event.EventWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The live page through a server's life: it remembers from the beginning, and shows once there is something to show. Any thread.
 */
public final class PageParts implements Site, AutoCloseable {

    /** How often {@link #sample} is to be called. */
    public static final Duration STEP = History.STEP;

    private static final int UNAVAILABLE = 503;

    private final EndedTransfers transfers = new EndedTransfers(InstantSource.system());
    private final LastReload lastReload = new LastReload();
    private final KeptHistory history;
    private volatile Optional<LivePage> page = Optional.empty();

    /** @param stateDirectory in which the history outlives the process */
    public PageParts(Path stateDirectory) {
        this.history = new KeptHistory(stateDirectory, InstantSource.system(), System::nanoTime);
    }

    /** What hears of events. */
    public List<EventWriter> writers() {
        return List.of(transfers, lastReload);
    }

    LastReload lastReload() {
        return lastReload;
    }

    /** Shows it from now on. */
    public void open(Watched watched) {
        transfers.groups(watched::groups);
        page = Optional.of(new LivePage(watched, transfers, history));
    }

    /** Adds to the history; never waits. */
    public void sample(Totals totals, int sessions, int transferring) {
        history.look(totals, sessions, transferring);
    }

    /**
     * Lets a browser in.
     *
     * @param address of the page
     * @throws Refused if there is no such role, or no page yet
     */
    public WebLink invite(String address, PageRole role, String name) throws Refused {
        LivePage open = page.orElseThrow(() -> Refused.because("the server has not begun yet: try again"));
        return new WebLink(address + open.invite(role, name), SignIns.LINK);
    }

    @Override
    public void answer(HttpExchange exchange, Caller caller, String path, Deadlines deadlines) throws IOException {
        Optional<LivePage> open = page;
        if (open.isPresent()) {
            open.get().answer(exchange, caller, path, deadlines);
            return;
        }
        try (exchange) {
            byte[] body = "starting\n".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            Exchanges.endRequest(exchange);
            Exchanges.send(exchange, UNAVAILABLE, body);
        }
    }

    /** Leaves the history to a server that begins now. */
    public void handOver() {
        history.handOver();
    }

    /** Tells open pages that the server stops. */
    @Override
    public void close() {
        page.ifPresent(LivePage::close);
    }
}
