package dev.zeroftpd.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One command line from bytes to text: what every command costs first. JMH gives each thread its own.
 *
 * <p>Stands in the decoder's package because the decoder is no API.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LineDecodingBenchmark {
    private final LineDecoder decoder = new LineDecoder();
    private final ByteBuffer command =
            ByteBuffer.wrap("RETR reports/2026/november/summary.csv\r\n".getBytes(StandardCharsets.US_ASCII));
    private final ByteBuffer unicode =
            ByteBuffer.wrap("RETR Berichte/2026/Zusammenfassung für März.csv\r\n".getBytes(StandardCharsets.UTF_8));

    @Benchmark
    public Optional<Line> ascii() {
        return decoder.next(command.rewind());
    }

    @Benchmark
    public Optional<Line> utf8() {
        return decoder.next(unicode.rewind());
    }
}
