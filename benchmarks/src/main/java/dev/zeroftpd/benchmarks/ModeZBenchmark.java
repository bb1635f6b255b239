package dev.zeroftpd.benchmarks;

import dev.zeroftpd.transfer.form.Conversion;
import dev.zeroftpd.transfer.form.ModeZDeflation;
import dev.zeroftpd.transfer.form.ModeZInflation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** MODE Z in both directions; one operation is one KiB of the file, a log of 64 KiB. JMH gives each thread its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModeZBenchmark {
    private static final int KIB = 64;
    private static final int SIZE = KIB * 1024;

    /** As OPTS MODE Z LEVEL has it. */
    @Param({"1", "6"})
    public int level;

    private final ByteBuffer local = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer wire = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer target = ByteBuffer.allocateDirect(SIZE);

    @Setup
    public void fill() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int line = 0; log.length() < SIZE; line++) {
            log.append("10:0")
                    .append(line % 60)
                    .append(" RETR /pub/file-")
                    .append(line * 7919 % 10_007)
                    .append('\n');
        }
        local.clear()
                .put(log.substring(0, SIZE).getBytes(StandardCharsets.US_ASCII))
                .flip();
        deflate(wire);
        wire.flip();
    }

    private void deflate(ByteBuffer into) throws IOException {
        try (Conversion conversion = new ModeZDeflation(level)) {
            conversion.convert(local.rewind(), into.clear());
            conversion.finish(into);
        }
    }

    @Benchmark
    @OperationsPerInvocation(KIB)
    public ByteBuffer sending() throws IOException {
        deflate(target);
        return target;
    }

    @Benchmark
    @OperationsPerInvocation(KIB)
    public ByteBuffer receiving() throws IOException {
        try (Conversion conversion = new ModeZInflation()) {
            conversion.convert(wire.rewind(), target.clear());
        }
        return target;
    }
}
