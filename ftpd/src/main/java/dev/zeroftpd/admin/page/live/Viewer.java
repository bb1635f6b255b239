package dev.zeroftpd.admin.page.live;

import dev.zeroftpd.admin.http.Deadlines;
import dev.zeroftpd.admin.page.sign.SignIns;
import dev.zeroftpd.admin.page.sign.SignedIn;
import dev.zeroftpd.admin.page.source.Asked;
import dev.zeroftpd.admin.page.source.BadRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One open page, and the stream of events to it. One thread writes; any thread may say what is shown.
 *
 * <p>Back-pressure by construction: a frame is made of what has changed since the last one, when the last one has been written.
 * For a page that doesn't read, the thread waits in the socket, nothing is made, and after {@link #PATIENCE} it ends.
 */
public final class Viewer {

    /** For the client to take a frame; a sleeping laptop comes back by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** So that proxies and browsers don't take the stream for dead. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(15);

    /** Between frames that scrolling causes. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** The same, where what is asked for is hard to find. */
    private static final long LONGEST_URGENT_PAUSE = TimeUnit.SECONDS.toNanos(1);

    /** Of a page that no one looks at. */
    private static final long HIDDEN_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private static final int RETRY_MILLIS = 3_000;

    private final int number;
    private final SignedIn signedIn;
    private final SignIns signIns;
    private final Viewers.Sources sources;
    private volatile Shown shown = Shown.NOTHING;
    private long lastCost;
    private long cost;
    private volatile boolean urgent;
    private volatile @Nullable String ending;
    private volatile @Nullable Thread thread;

    Viewer(int number, SignedIn signedIn, SignIns signIns, Viewers.Sources sources) {
        this.number = number;
        this.signedIn = signedIn;
        this.signIns = signIns;
        this.sources = sources;
    }

    String name() {
        return "s" + number;
    }

    /** Rises from one to the next. */
    int number() {
        return number;
    }

    boolean isOf(SignedIn browser) {
        return signedIn == browser;
    }

    /**
     * Shows something else from now on.
     *
     * @return false if its role may not see that
     */
    public boolean show(Asked asked) throws BadRequest {
        Shown wanted = Shown.of(asked);
        if (wanted.kind().isOfServer() && !signedIn.role().seesServer()) {
            return false;
        }
        shown = wanted;
        urgent = true;
        wake();
        return true;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Ends it; the page is told why. */
    void stop(String why) {
        ending = why;
        wake();
    }

    /**
     * Writes events until the client leaves, its signing in ends, or the server stops.
     *
     * @param hello what the page is told first
     * @throws IOException if the client is gone or doesn't read
     */
    public void serve(OutputStream out, Map<String, ?> hello, Deadlines deadlines) throws IOException {
        thread = Thread.currentThread();
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("stream", name());
        first.putAll(hello);
        write(out, new Frame().retry(RETRY_MILLIS).add("hello", first).toString(), deadlines);
        try (Story story = new Story(signedIn.role(), sources)) {
            long written = sources.nanoTime().getAsLong();
            while (goesOn()) {
                urgent = false;
                Frame frame = sources.bench().run(() -> next(story));
                long now = sources.nanoTime().getAsLong();
                if (!frame.isEmpty()) {
                    write(out, frame.toString(), deadlines);
                    written = now;
                } else if (now - written >= QUIET) {
                    write(out, ":\n\n", deadlines);
                    written = now;
                }
                await(now);
            }
        }
        write(out, new Frame().add("end", Map.of("why", whyEnded())).toString(), deadlines);
    }

    /** Notes what it costs to find what this page alone asks for: it alone waits for that. */
    private Frame next(Story story) {
        long begun = sources.nanoTime().getAsLong();
        long looked = sources.live().spent();
        Frame frame = story.next(shown);
        long own = sources.nanoTime().getAsLong() - begun - (sources.live().spent() - looked);
        cost = Math.min(own, lastCost); // one time when the thread had to wait for a processor says little
        lastCost = own;
        return frame;
    }

    private boolean goesOn() {
        return ending == null && signIns.use(signedIn);
    }

    private String whyEnded() {
        @Nullable String why = ending;
        if (why != null) {
            return why;
        }
        return signedIn.isSignedOut() ? "signed-out" : "expired";
    }

    /** Until the next look is due, or something else shall be shown. */
    private void await(long last) {
        long own = Live.pause(cost * sources.viewers().getAsInt());
        long pause = shown.kind() == Shown.Kind.NONE
                ? HIDDEN_PAUSE
                : Math.max(own, sources.live().pause().toNanos());
        long urgentPause = Math.clamp(Live.PAUSE_PER_COST * cost, SHORTEST_PAUSE, LONGEST_URGENT_PAUSE);
        long waited = sources.nanoTime().getAsLong() - last;
        while (ending == null && !signedIn.isSignedOut() && waited < (urgent ? urgentPause : pause)) {
            LockSupport.parkNanos(this, (urgent ? urgentPause : pause) - waited);
            waited = sources.nanoTime().getAsLong() - last;
        }
    }

    private static void write(OutputStream out, String text, Deadlines deadlines) throws IOException {
        try (var _ = deadlines.within(PATIENCE)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
