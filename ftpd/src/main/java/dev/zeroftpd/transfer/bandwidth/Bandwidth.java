package dev.zeroftpd.transfer.bandwidth;

import dev.zeroftpd.transfer.result.Direction;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The bandwidth of a server, shared out on four levels at once: each transfer, each account, each client address and the
 * server. Any thread. Rates are bytes a second, 0 for no limit; downloads and uploads each have the whole rate, as lines
 * are full-duplex.
 *
 * <p>Limits may change while transfers run. The budget of an account or an address is dropped when no transfer uses it
 * and nothing is owed any more.
 */
public final class Bandwidth {

    /** What accounts may use; any thread asks. */
    @FunctionalInterface
    public interface AccountLimits {

        /** The current limits of an account; empty if it is unknown. */
        Optional<RateLimits> of(Direction direction, String user);
    }

    /** Names a budget that transfers share. */
    sealed interface Key {
        record Server(Direction direction) implements Key {}

        record Address(Direction direction, InetAddress address) implements Key {}

        record User(Direction direction, String user) implements Key {}
    }

    private final LongSupplier nanoTime;
    private final Map<Key, TokenBucket> shared = new ConcurrentHashMap<>();
    private final Map<BucketThrottle, Key.User> open = new ConcurrentHashMap<>();

    /** Left by their last user while still owing: a new bucket in their place would forget the debt. */
    private final Queue<Key> owing = new ConcurrentLinkedQueue<>();

    private volatile long server;
    private volatile long perAddress;

    public Bandwidth(long server, long perAddress) {
        this(server, perAddress, System::nanoTime);
    }

    Bandwidth(long server, long perAddress, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.server = rate(server);
        this.perAddress = rate(perAddress);
    }

    /** The throttle of one new transfer. The user's limit holds from now on for the account's other transfers too. */
    public Throttle open(Direction direction, String user, InetAddress address, RateLimits limits) {
        dropSettled();
        Key.User userKey = new Key.User(direction, user);
        List<Key> keys = List.of(userKey, new Key.Address(direction, address), new Key.Server(direction));
        TokenBucket own = new TokenBucket(limits.transfer());
        own.enter();
        List<TokenBucket> buckets = List.of(
                own, enter(keys.get(0), limits.user()), enter(keys.get(1), perAddress), enter(keys.get(2), server));
        BucketThrottle throttle = new BucketThrottle(this, buckets, keys);
        open.put(throttle, userKey);
        return throttle;
    }

    /** Changes the limits of the server and of each address, for running transfers too. */
    public void limits(long newServer, long newPerAddress) {
        server = rate(newServer);
        perAddress = rate(newPerAddress);
        shared.forEach((key, bucket) -> {
            switch (key) {
                case Key.Server ignored -> bucket.rate(newServer, now());
                case Key.Address ignored -> bucket.rate(newPerAddress, now());
                case Key.User ignored -> {
                    // accounts have limits of their own
                }
            }
        });
    }

    /** Changes the limits of the accounts whose transfers run. */
    public void limits(AccountLimits changed) {
        open.forEach((throttle, key) -> changed.of(key.direction(), key.user()).ifPresent(limits -> {
            throttle.own().rate(limits.transfer(), now());
            shared.computeIfPresent(key, (same, bucket) -> {
                bucket.rate(limits.user(), now());
                return bucket;
            });
        }));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Budgets in use or still owing. */
    int sharedBudgets() {
        return shared.size();
    }

    void leave(BucketThrottle throttle, List<Key> keys) {
        open.remove(throttle);
        for (Key key : keys) {
            shared.computeIfPresent(key, (same, bucket) -> {
                if (!bucket.leave()) {
                    return bucket;
                }
                if (bucket.settled(now())) {
                    return null;
                }
                owing.add(key);
                return bucket;
            });
        }
    }

    private TokenBucket enter(Key key, long rate) {
        return Objects.requireNonNull(shared.compute(key, (same, present) -> {
            TokenBucket bucket = present == null ? new TokenBucket(rate) : present;
            bucket.rate(rate, now());
            bucket.enter();
            return bucket;
        }));
    }

    /** Checks once each budget that was left owing, so that no thread has to wait for it. */
    private void dropSettled() {
        for (int left = owing.size(); left > 0; left--) {
            Key key = owing.poll();
            if (key == null) {
                return;
            }
            shared.computeIfPresent(key, (same, bucket) -> {
                if (bucket.settled(now())) {
                    return null;
                }
                if (!bucket.used()) {
                    owing.add(key);
                }
                return bucket;
            });
        }
    }

    private static long rate(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate below zero: " + bytesPerSecond);
        }
        return bytesPerSecond;
    }
}
