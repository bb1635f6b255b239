package dev.zeroftpd.benchmarks;

import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import dev.zeroftpd.transfer.bandwidth.RateLimits;
import dev.zeroftpd.transfer.bandwidth.Throttle;
import dev.zeroftpd.transfer.result.Direction;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the four levels of bandwidth cost each transfer, and each piece of one. JMH gives each thread its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BandwidthBenchmark {
    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

    /** A terabyte a second: limits that are all looked at and never reached. */
    private static final long RATE = 1L << 40;

    private final Bandwidth bandwidth = new Bandwidth(RATE, RATE);
    private final Throttle running = open();

    private Throttle open() {
        return bandwidth.open(Direction.DOWNLOAD, "ann", ADDRESS, new RateLimits(RATE, RATE));
    }

    @Benchmark
    public void transfer() {
        try (Throttle throttle = open()) {
            throttle.reserve(1024);
        }
    }

    @Benchmark
    public Throttle.Grant piece() {
        return running.reserve(64 * 1024);
    }

    @TearDown
    public void close() {
        running.close();
    }
}
