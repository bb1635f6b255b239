package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.linux.LinuxStorage;
import dev.zeroftpd.storage.provider.ProviderStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A running session stays in the directory that it began in, whatever becomes of its home's name. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@EnabledOnOs(OS.LINUX)
@Tag("attack")
class HomeIdentityTest {

    @Parameter
    boolean linux;

    @TempDir
    Path directory;

    private Path home;
    private Path other;
    private Storage session;

    @BeforeEach
    void logIn() throws IOException {
        home = Files.createDirectories(directory.resolve("parent/home"));
        Files.writeString(home.resolve("mine"), "mine");
        other = Files.createDirectories(directory.resolve("other"));
        Files.writeString(other.resolve("secret"), "secret");
        session = newSession();
    }

    private Storage newSession() {
        StorageContext context = HomeOnDisk.context(SymlinkPolicy.FOLLOW);
        return linux ? new LinuxStorage(home, context) : new ProviderStorage(home, context);
    }

    @Test
    void aDirectoryInItsPlaceIsNotTheHome() throws IOException {
        Files.move(home, directory.resolve("away"));
        Files.move(other, home);
        other = home;

        assertThatNothingIsReached();
    }

    @Test
    void aLinkInItsPlaceIsNotTheHome() throws IOException {
        Files.move(home, directory.resolve("away"));
        Files.createSymbolicLink(home, other);

        assertThatNothingIsReached();
    }

    @Test
    void neitherIsWhatALinkOnTheWayLeadsTo() throws IOException {
        Files.move(home.getParent(), directory.resolve("away"));
        Files.createDirectory(directory.resolve("elsewhere"));
        Files.move(other, directory.resolve("elsewhere/home"));
        other = directory.resolve("elsewhere/home");
        Files.createSymbolicLink(home.getParent(), Path.of("elsewhere"));

        assertThatNothingIsReached();
    }

    /** An administrator may replace a home while sessions run. */
    @Test
    void aLaterLoginGetsTheNewHome() throws IOException {
        Files.move(home, directory.resolve("away"));
        Files.move(other, home);

        assertThat(newSession().metadata(path("/secret")).isFile()).isTrue();
        assertThatThrownBy(() -> session.metadata(path("/secret"))).hasMessageContaining("log in again");
    }

    @Test
    void theSameDirectoryMayComeBackAlsoBehindALink() throws IOException {
        Files.move(home, directory.resolve("away"));
        assertRefused(Kind.NOT_FOUND, () -> session.metadata(path("/mine")));

        Files.createSymbolicLink(home, directory.resolve("away"));
        assertThat(session.metadata(path("/mine")).isFile()).isTrue();

        Files.delete(home);
        Files.move(directory.resolve("away"), home);
        assertThat(session.metadata(path("/mine")).isFile()).isTrue();
    }

    /** It is mounted or made only when it is first needed. */
    @Test
    void aHomeThatComesAfterTheSessionIsTheFirstThatIsFound() throws IOException {
        Files.move(home, directory.resolve("away"));
        Storage early = newSession();
        assertRefused(Kind.NOT_FOUND, () -> early.metadata(path("/mine")));

        Files.move(directory.resolve("away"), home);
        assertThat(early.metadata(path("/mine")).isFile()).isTrue();
    }

    private void assertThatNothingIsReached() throws IOException {
        assertThatIsRefused(() -> session.metadata(path("/secret")));
        assertThatIsRefused(() -> session.metadata(VirtualPath.ROOT));
        assertThatIsRefused(() -> session.entry(path("/secret")));
        assertThatIsRefused(() -> session.list(VirtualPath.ROOT));
        assertThatIsRefused(() -> session.openForReading(path("/secret")));
        assertThatIsRefused(() -> session.openForWriting(path("/secret"), WriteMode.CREATE_OR_TRUNCATE, 0));
        assertThatIsRefused(() -> session.openForWriting(path("/new"), WriteMode.CREATE_NEW, 0));
        assertThatIsRefused(() -> session.createDirectory(path("/new")));
        assertThatIsRefused(() -> session.delete(path("/secret")));
        assertThatIsRefused(() -> session.rename(path("/secret"), path("/taken")));
        assertThatIsRefused(() -> session.setPermissions(path("/secret"), 0666));
        assertThat(session.isAccessible(path("/secret"), Access.READ)).isFalse();
        assertThat(other.resolve("secret")).hasContent("secret");
        try (var files = Files.list(other)) {
            assertThat(files).hasSize(1);
        }
    }

    private static void assertThatIsRefused(ThrowingCallable operation) {
        assertRefused(Kind.NOT_PERMITTED, operation);
        assertThatThrownBy(operation).hasMessageContaining("log in again");
    }
}
