package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A server in a temporary folder for the tests of a class: registered in a field, it is started before them, stopped after
 * them and then asserted to have ended well. JUnit's threads start and stop it, any thread may ask it.
 *
 * <p>The field says how long a server lives. A static one: as long as the class. One of a class with a single instance
 * ({@code PER_CLASS}): the same, but a parameterized class gets a new server for each invocation. Any other: as long as one
 * test. When a test fails, the server's log is kept in {@code integration-tests/target/server-logs}.
 */
public final class RunningServer
        implements ServerUnderTest,
                BeforeAllCallback,
                AfterAllCallback,
                AfterClassTemplateInvocationCallback,
                BeforeEachCallback,
                AfterEachCallback {

    private static final Path KEPT_LOGS = Checkout.ROOT.resolve("integration-tests/target/server-logs");

    /** Names of parameterized tests can be longer than names of files. */
    private static final int LONGEST_NAME = 150;

    private final Choice choice;
    private final Preparation preparation;
    private @Nullable ServerProcess process;
    private Lifetime lifetime = Lifetime.CLASS;

    /** What a server is started for, and stopped at the end of. */
    private enum Lifetime {
        CLASS,
        INVOCATION,
        TEST
    }

    /** The options of a server, once its folder is there and the parameters of a test class are known. */
    @FunctionalInterface
    public interface Choice {
        ServerOptions in(Path folder) throws Exception;
    }

    /** What is done once the server runs, before any test. */
    @FunctionalInterface
    public interface Preparation {
        void of(Path home) throws Exception;
    }

    private RunningServer(Choice choice, Preparation preparation) {
        this.choice = choice;
        this.preparation = preparation;
    }

    public static RunningServer standard() {
        return with(ServerOptions.standard());
    }

    public static RunningServer with(ServerOptions options) {
        return with(folder -> options);
    }

    public static RunningServer with(Choice choice) {
        return new RunningServer(choice, home -> {});
    }

    /** The same, and its home is given to {@code what} as soon as it runs. */
    public RunningServer prepared(Preparation what) {
        return new RunningServer(choice, what);
    }

    /** The same with such a file in its home. */
    public RunningServer withFile(String name, String text) {
        return andThen(home -> Files.writeString(home.resolve(name), text));
    }

    /** The same with such a directory in its home. */
    public RunningServer withDirectory(String name) {
        return andThen(home -> Files.createDirectory(home.resolve(name)));
    }

    private RunningServer andThen(Preparation next) {
        return new RunningServer(choice, home -> {
            preparation.of(home);
            next.of(home);
        });
    }

    @Override
    public List<InetSocketAddress> listeners() {
        return process().listeners();
    }

    @Override
    public Path folder() {
        return process().folder();
    }

    @Override
    public long processId() {
        return process().processId();
    }

    private ServerProcess process() {
        return Objects.requireNonNull(process, "the server runs while tests do");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        boolean awaitsParameters = context.getTestInstance().isPresent()
                && AnnotationSupport.isAnnotated(context.getRequiredTestClass(), ClassTemplate.class);
        if (!awaitsParameters) {
            startUnlessRunning(Lifetime.CLASS);
        }
    }

    /** The first point at which JUnit has put parameters into the fields of a class with a single instance. */
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        boolean isOnlyInstance = context.getTestInstanceLifecycle().orElseThrow() == TestInstance.Lifecycle.PER_CLASS;
        startUnlessRunning(isOnlyInstance ? Lifetime.INVOCATION : Lifetime.TEST);
    }

    private void startUnlessRunning(Lifetime wanted) throws Exception {
        if (process != null) {
            return;
        }
        Path folder = Files.createTempDirectory("server");
        try {
            process = ServerProcess.start(folder, choice.in(folder));
        } finally {
            if (process == null) {
                delete(folder);
            }
        }
        lifetime = wanted;
        preparation.of(process.home());
    }

    /** Stops it, and serves its folder anew with other options: as long as the first would have. */
    public void restart(ServerOptions options) throws IOException {
        Path folder = folder();
        end();
        process = ServerProcess.start(folder, options);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            keepLog(context);
        }
        stopAtTheEndOf(Lifetime.TEST);
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) throws IOException {
        stopAtTheEndOf(Lifetime.INVOCATION);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stopAtTheEndOf(Lifetime.CLASS);
    }

    private void keepLog(ExtensionContext context) throws IOException {
        if (process == null) {
            return;
        }
        String test = context.getUniqueId().replaceAll("^.*\\.|\\W+$", "").replaceAll("\\W+", "-");
        String name = test.substring(Math.max(0, test.length() - LONGEST_NAME)) + ".log";
        Files.createDirectories(KEPT_LOGS);
        Files.copy(process.log(), KEPT_LOGS.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void stopAtTheEndOf(Lifetime ended) throws IOException {
        if (process != null && lifetime == ended) {
            Path folder = folder();
            try {
                end();
            } finally {
                process = null;
                delete(folder);
            }
        }
    }

    /** For a test that asks what the server says at its end. */
    @Override
    public int stop() {
        return process().stop();
    }

    /** A test may have ended the process itself. */
    private void end() {
        try (ServerProcess running = process()) {
            if (running.isAlive()) {
                assertThat(running.stop()).as("exit code after SIGTERM").isZero();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
