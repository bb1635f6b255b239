package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.page.history.KeptHistory;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.sign.SignedIn;
import dev.zeroftpd.admin.page.source.EndedTransfers;
import dev.zeroftpd.admin.page.source.Watched;
import dev.zeroftpd.ops.log.LogTail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All open pages. Any thread. */
public final class Viewers {

    /** More watch nothing that these don't. */
    public static final int MOST = 50;

    /** Tabs of one browser, which has six connections to a server for all of them: some are left for what they ask besides. */
    private static final int MOST_PER_BROWSER = 4;

    private static final Duration BANS = Duration.ofSeconds(1);

    private static final Duration HEALTH = Duration.ofSeconds(5);

    private static final long LAST_WORDS_MILLIS = 1_000;

    private final Map<String, Viewer> open = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Sources sources;
    private final SignIns signIns;

    /** What all of them look at. */
    record Sources(
            Live live,
            Tables tables,
            Lately bans,
            Lately health,
            EndedTransfers transfers,
            KeptHistory history,
            LogTail log,
            Bench bench,
            IntSupplier viewers,
            LongSupplier nanoTime) {}

    public Viewers(Watched watched, EndedTransfers transfers, KeptHistory history, SignIns signIns) {
        LongSupplier nanoTime = System::nanoTime;
        Tables tables = new Tables(watched);
        this.sources = new Sources(
                new Live(watched, InstantSource.system(), nanoTime),
                tables,
                new Lately(BANS, nanoTime, tables::bans),
                new Lately(HEALTH, nanoTime, tables::health),
                transfers,
                history,
                new LogTail(),
                new Bench(),
                open::size,
                nanoTime);
        this.signIns = signIns;
    }

    /**
     * A place for one more page of that browser; empty if there is none. It has to be given back by {@link #leave}. A browser that
     * has all of its own gets the place of its oldest page, which may well have been left already.
     */
    public synchronized Optional<Viewer> open(SignedIn signedIn) {
        List<Viewer> ofBrowser = open.values().stream()
                .filter(each -> each.isOf(signedIn))
                .sorted(Comparator.comparingInt(Viewer::number))
                .toList();
        if (ofBrowser.size() >= MOST_PER_BROWSER) {
            Viewer oldest = ofBrowser.getFirst();
            oldest.stop("elsewhere");
            leave(oldest);
        }
        if (open.size() >= MOST) {
            return Optional.empty();
        }
        Viewer viewer = new Viewer(numbers.incrementAndGet(), signedIn, signIns, sources);
        open.put(viewer.name(), viewer);
        return Optional.of(viewer);
    }

    public void leave(Viewer viewer) {
        open.remove(viewer.name());
    }

    /** A page of that browser by its name. */
    public Optional<Viewer> find(String name, SignedIn signedIn) {
        @Nullable Viewer viewer = open.get(name);
        return Optional.ofNullable(viewer).filter(found -> found.isOf(signedIn));
    }

    /** Has the pages of a browser look whether it is still signed in. */
    public void wake(SignedIn signedIn) {
        open.values().stream().filter(each -> each.isOf(signedIn)).forEach(Viewer::wake);
    }

    /** Tells all pages that the server stops, and waits a moment for that. */
    public void close() {
        open.values().forEach(viewer -> viewer.stop("stopping"));
        long giveUp = System.nanoTime() + Duration.ofMillis(LAST_WORDS_MILLIS).toNanos();
        while (!open.isEmpty() && System.nanoTime() - giveUp < 0) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
