package dev.zeroftpd.users.password;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which strong hashes are computed: bounded, and used again for the next hash. Any thread; a hash waits here
 * until there is room for it.
 *
 * <p>Blocks that each hash allocated anew would all reach the old generation, which the collector lets grow to the size of
 * the heap before it looks for those that are free: 400 log-ins took gigabytes, and kept them.
 */
public final class HashMemory {

    /** All hashes of a process share one, however many servers are embedded in it: a quarter of the heap. */
    public static final HashMemory OF_THIS_PROCESS =
            new HashMemory(Runtime.getRuntime().maxMemory() / (4 * 1024));

    private final int budgetKiB;
    private final Semaphore room;

    /** Enough for 50 hashes at once, more than any machine has cores to spare; the pool's list takes 8 bytes per KiB. */
    private static final long MOST_KIB = 1024 * 1024;

    /** One block is a KiB. Null while no hash has been computed for a while. */
    private final AtomicReference<@Nullable FixedBlockPool> blocks = new AtomicReference<>();

    /** @param budgetKiB what all hashes together may take; one that takes more runs alone */
    HashMemory(long budgetKiB) {
        this.budgetKiB = Math.toIntExact(Math.clamp(budgetKiB, 1, MOST_KIB));
        this.room = new Semaphore(this.budgetKiB, true);
    }

    /** True if a hash that takes {@code memoryKiB} finds room beside others. */
    public boolean fits(int memoryKiB) {
        return memoryKiB <= budgetKiB;
    }

    /** Computes a hash that takes {@code memoryKiB}. */
    byte[] compute(int memoryKiB, Function<BlockPool, byte[]> hash) {
        return computeOutside(memoryKiB, () -> hash.apply(blocks()));
    }

    /** Computes a hash whose memory is taken outside the heap, and given back at once. */
    byte[] computeOutside(int memoryKiB, Supplier<byte[]> hash) {
        int share = Math.min(memoryKiB, budgetKiB);
        room.acquireUninterruptibly(share);
        try {
            return hash.get();
        } finally {
            room.release(share);
        }
    }

    private FixedBlockPool blocks() {
        FixedBlockPool present = blocks.get();
        if (present != null) {
            return present;
        }
        FixedBlockPool made = new FixedBlockPool(budgetKiB);
        FixedBlockPool other = blocks.compareAndExchange(null, made);
        return other == null ? made : other;
    }

    /** Forgets the memory that no hash uses now. To be called when no password has come for a while. */
    public static void giveBack() {
        OF_THIS_PROCESS.forget();
    }

    /** Hashes that are being computed keep their blocks until they end. */
    void forget() {
        blocks.set(null);
    }
}
