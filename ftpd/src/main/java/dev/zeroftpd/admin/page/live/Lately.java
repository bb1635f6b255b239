package dev.zeroftpd.admin.page.live;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was made a moment ago, for all viewers who ask for it meanwhile. One thread. */
final class Lately {

    private final Supplier<String> maker;
    private final long validNanos;
    private final LongSupplier nanoTime;
    private @Nullable String made;
    private long madeAt;

    Lately(Duration valid, LongSupplier nanoTime, Supplier<String> maker) {
        this.validNanos = valid.toNanos();
        this.nanoTime = nanoTime;
        this.maker = maker;
    }

    String get() {
        long now = nanoTime.getAsLong();
        @Nullable String known = made;
        if (known == null || now - madeAt >= validNanos) {
            known = maker.get();
            made = known;
            madeAt = now;
        }
        return known;
    }
}
