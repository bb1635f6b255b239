package dev.zeroftpd.benchmarks;

import dev.zeroftpd.transfer.form.AsciiReceiving;
import dev.zeroftpd.transfer.form.AsciiSending;
import dev.zeroftpd.transfer.form.Conversion;
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

/**
 * TYPE A in both directions; one operation is one KiB of the file. JMH gives each thread its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AsciiConversionBenchmark {
    private static final int KIB = 64;
    private static final int SIZE = KIB * 1024;

    /** Characters a line: a column of numbers, source code, and a file with hardly any line ends. */
    @Param({"8", "40", "4000"})
    public int line;

    private final ByteBuffer local = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer wire = ByteBuffer.allocateDirect(2 * SIZE);
    private final ByteBuffer target = ByteBuffer.allocateDirect(2 * SIZE);

    @Setup
    public void fill() {
        String text = ("x".repeat(line - 1) + "\n").repeat(SIZE / line + 1).substring(0, SIZE);
        local.clear().put(text.getBytes(StandardCharsets.US_ASCII)).flip();
        wire.clear()
                .put(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    @Benchmark
    @OperationsPerInvocation(KIB)
    public ByteBuffer sending() throws IOException {
        try (Conversion conversion = new AsciiSending()) {
            conversion.convert(local.rewind(), target.clear());
        }
        return target;
    }

    @Benchmark
    @OperationsPerInvocation(KIB)
    public ByteBuffer receiving() throws IOException {
        try (Conversion conversion = new AsciiReceiving()) {
            conversion.convert(wire.rewind(), target.clear());
        }
        return target;
    }
}
