package dev.zeroftpd.command.hash;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.TestClient;
import dev.zeroftpd.control.TestServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What a client and the log are told where a file can't be hashed. */
class HashCommandTest {

    private static final String SECRET = "/srv/secret/9f3";

    @TempDir
    Path home;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() throws IOException {
        Files.writeString(home.resolve("a"), "text");
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.zeroftpd.control.CommandRunner");
    }

    static List<Throwable> ofOthers() {
        return List.of(
                new IOException(SECRET + ": bucket key 42"),
                new IOException(),
                new IllegalStateException(SECRET),
                new StackOverflowError(SECRET));
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void keepsTheTextsOfOthersFromTheClientAndLogsThem(Throwable failure) throws Exception {
        assertThat(hash(failure)).isEqualTo("451 Requested action aborted: local error in processing.");
        assertThat(log.list).singleElement().satisfies(line -> {
            boolean isExpected = failure instanceof IOException;
            assertThat(line.getLevel()).isEqualTo(isExpected ? Level.WARN : Level.ERROR);
            assertThat(line.getFormattedMessage()).startsWith("HASH failed");
            assertThat(
                            line.getThrowableProxy() == null
                                    ? line.getFormattedMessage()
                                    : line.getThrowableProxy().getClassName())
                    .contains(failure.getClass().getName());
        });
    }

    private String hash(Throwable failure) throws Exception {
        TestServer.Options options = new TestServer.Options()
                .files(unreadable(failure))
                .command("HASH", HashCommand.chosen(new WorkThreads()));
        try (TestServer server = new TestServer(home, options);
                TestClient client = server.login()) {
            client.send("HASH a");
            return client.expect(451);
        }
    }

    /** Files of which everything is known but the bytes. */
    private static FileSystemFactory unreadable(Throwable failure) {
        return user -> {
            FileSystemView view = new NativeFileSystemFactory().createFileSystemView(user);
            return around(FileSystemView.class, view, (_, asked) -> {
                Object found = asked.call();
                return found instanceof FtpFile file ? unreadable(file, failure) : found;
            });
        };
    }

    private static FtpFile unreadable(FtpFile file, Throwable failure) {
        return around(FtpFile.class, file, (method, asked) -> {
            if (method.equals("createInputStream")) {
                throw failure;
            }
            return asked.call();
        });
    }

    private interface Asked {
        Object call() throws Throwable;
    }

    private interface Answering {
        Object answer(String method, Asked asked) throws Throwable;
    }

    private static <T> T around(Class<T> type, T target, Answering answering) {
        return type.cast(Proxy.newProxyInstance(
                HashCommandTest.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answering.answer(method.getName(), () -> call(method, target, arguments))));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
