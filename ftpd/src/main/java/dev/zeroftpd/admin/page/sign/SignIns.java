package dev.zeroftpd.admin.page.sign;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The links that may still sign in, and the browsers that have. Nothing of it outlives the process. Any thread.
 */
public final class SignIns {

    /** Long enough to click, too short to be found in a history. */
    public static final Duration LINK = Duration.ofSeconds(60);

    /** A script that asks for links without end makes the oldest void. */
    private static final int MOST_LINKS = 20;

    /** As many browsers as can be looked after, with room for forgotten ones. */
    private static final int MOST = 100;

    private final LongSupplier nanoTime;

    /** By digest, the oldest first. Guarded by this. */
    private final Map<String, Link> links = new LinkedHashMap<>();

    /** By the digest of the cookie. Guarded by this. */
    private final Map<String, SignedIn> browsers = new HashMap<>();

    private record Link(PageRole role, String name, long made) {

        boolean holds(long now) {
            return now - made < LINK.toNanos();
        }
    }

    /** What came of a link. */
    public sealed interface Exchange {

        /**
         * It signed in.
         *
         * @param cookie the secret that the browser keeps
         */
        record Done(String cookie, SignedIn signedIn) implements Exchange {}

        /** It is unknown, was used or is over. */
        record Unknown() implements Exchange {}

        /** Too many browsers are signed in. The link still holds. */
        record Full() implements Exchange {}
    }

    /** @param nanoTime a clock that no one sets */
    public SignIns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes a secret that signs in once, within {@link #LINK}. */
    public synchronized String offer(PageRole role, String name) {
        long now = nanoTime.getAsLong();
        links.values().removeIf(link -> !link.holds(now));
        while (links.size() >= MOST_LINKS) {
            links.remove(links.keySet().iterator().next());
        }
        String secret = Secret.draw();
        links.put(Secret.digest(secret), new Link(role, name, now));
        return secret;
    }

    /**
     * Signs a browser in.
     *
     * @param former what the browser was signed in as until now
     */
    public synchronized Exchange exchange(String secret, Optional<SignedIn> former) {
        long now = nanoTime.getAsLong();
        String digest = Secret.digest(secret);
        @Nullable Link link = links.get(digest);
        if (link == null || !link.holds(now)) {
            return new Exchange.Unknown();
        }
        browsers.values().removeIf(browser -> !browser.holds(now));
        former.ifPresent(this::signOut);
        if (browsers.size() >= MOST) {
            return new Exchange.Full();
        }
        links.remove(digest);
        String cookie = Secret.draw();
        SignedIn signedIn = new SignedIn(link.role(), link.name(), Secret.digest(cookie), now);
        browsers.put(signedIn.key(), signedIn);
        return new Exchange.Done(cookie, signedIn);
    }

    /** Who shows that cookie; this counts as use. */
    public synchronized Optional<SignedIn> find(String cookie) {
        return Optional.ofNullable(browsers.get(Secret.digest(cookie))).filter(this::use);
    }

    /** Notes that it is in use; false if it has ended. */
    public boolean use(SignedIn signedIn) {
        long now = nanoTime.getAsLong();
        if (!signedIn.holds(now)) {
            return false;
        }
        signedIn.use(now);
        return true;
    }

    /** Whether a browser may have something looked up now, which costs as much as some milliseconds. */
    public boolean mayAsk(SignedIn signedIn) {
        return signedIn.mayAsk(nanoTime.getAsLong());
    }

    /** How long it can last at most. */
    public Duration left(SignedIn signedIn) {
        return signedIn.left(nanoTime.getAsLong());
    }

    /** Ends it. */
    public synchronized void signOut(SignedIn signedIn) {
        signedIn.end();
        browsers.remove(signedIn.key());
    }
}
