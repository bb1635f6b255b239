package dev.zeroftpd.hook.run;

import dev.zeroftpd.ops.LogText;
import dev.zeroftpd.os.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends JSON to one server and reads the beginning of its answer; redirects are not followed. Any thread, several at once. */
public final class WebPost implements AutoCloseable {

    /** Answers are tiny, and TLS handshakes rare. */
    private static final int THREADS = 2;

    private final URI uri;
    private final Duration timeout;
    private final int mostAnswer;
    private final ExecutorService threads;
    private final HttpClient client;

    /**
     * To one server.
     *
     * @param timeout for all of it, from the connection to the end of the answer
     * @param mostAnswer bytes of the answer that are received; the rest never is
     * @param tls how the server is known to be the one; empty: by the authorities that Java trusts
     * @param threads begins the names of the threads
     */
    public WebPost(URI uri, Duration timeout, int mostAnswer, Optional<SSLContext> tls, String threads) {
        this.uri = uri;
        this.timeout = timeout;
        this.mostAnswer = mostAnswer;
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().name(threads, 0).daemon().factory());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(this.threads);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** What came back. */
    public sealed interface Reply {

        /**
         * An answer, whatever it says.
         *
         * @param body its beginning
         */
        record Answered(int status, String body) implements Reply {}

        /** None came. {@code why} is for people, in one line. */
        record Failed(String why) implements Reply {}
    }

    /** Sends a body and waits for the answer. Interrupting the thread ends that. */
    public Reply send(byte[] json, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ZeroFTPd")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), _ -> new FirstBytes(mostAnswer));
        try {
            // the request's own time ends with the answer's head
            HttpResponse<String> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply.Answered(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return late();
        } catch (ExecutionException e) {
            return e.getCause() instanceof HttpTimeoutException ? late() : new Reply.Failed(reason(e.getCause()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Failed("the server ends");
        }
    }

    private Reply late() {
        return new Reply.Failed("no answer within " + timeout.toMillis() + " ms");
    }

    private static String reason(@Nullable Throwable failure) {
        return failure instanceof IOException io ? LogText.printable(FailureReason.of(io)) : "an unexpected failure";
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
