package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.users.UsersFile.NewAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {

    private static final String START = """
        # Our people

        ! the boss
        ftpserver.user.bob.userpassword = old
        ftpserver.user.bob.homedirectory = home
        ftpserver.user.bob.x.homedirectory = home
        # the end
        """;

    @TempDir
    private Path folder;

    private Path file;
    private UsersFile users;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("home"));
        file = folder.resolve("users.properties");
        Files.writeString(file, START);
        users = new UsersFile(file);
    }

    @Test
    void addsAnAccountAndKeepsEverythingElseByteForByte() throws Exception {
        users.add(new NewAccount("eve", "home", true, Optional.of("secret")));

        assertThat(Files.readString(file)).startsWith(START).doesNotContain("secret");
        Account eve = users.read().find("eve").orElseThrow();
        assertThat(eve.storedPassword().matches("secret")).isTrue();
        assertThat(eve.storedPassword().text()).startsWith("$argon2id$");
        assertThat(eve.authorize(new WriteRequest())).isNotNull();
        assertThat(eve.getEnabled()).isTrue();
    }

    @Test
    void addsAnAccountWithoutPasswordThatNobodyCanLogInTo() throws Exception {
        users.add(new NewAccount("anonymous", "home", false, Optional.empty()));

        Account anonymous = users.read().find("anonymous").orElseThrow();
        assertThat(anonymous.storedPassword().matches("")).isFalse();
        assertThat(anonymous.authorize(new WriteRequest())).isNull();
    }

    @Test
    void changesAPasswordInItsLine() throws Exception {
        users.setPassword("bob", "new");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(3)).startsWith("ftpserver.user.bob.userpassword = $argon2id$");
        lines.set(3, "ftpserver.user.bob.userpassword = old");
        assertThat(lines).isEqualTo(START.lines().toList());
    }

    @Test
    void disablesAndEnables() throws Exception {
        users.disable("bob");
        assertThat(users.read().find("bob").orElseThrow().getEnabled()).isFalse();

        users.enable("bob");
        assertThat(users.read().find("bob").orElseThrow().getEnabled()).isTrue();
    }

    @Test
    void removesOneAccountAndNotTheOneWhoseNameBeginsAlike() throws Exception {
        users.remove("bob");

        assertThat(Files.readString(file)).isEqualTo("""
            # Our people

            ! the boss
            ftpserver.user.bob.x.homedirectory = home
            # the end
            """);
    }

    @Test
    void refusesWhatWouldBreakTheFileAndLeavesItAlone() throws Exception {
        assertRefused("already", () -> users.add(new NewAccount("bob", "home", false, Optional.empty())));
        assertRefused("not an existing", () -> users.add(new NewAccount("eve", "gone", false, Optional.empty())));
        assertRefused("control", () -> users.add(new NewAccount("e\nve", "home", false, Optional.empty())));
        assertRefused("no name", () -> users.add(new NewAccount("", "home", false, Optional.empty())));
        assertRefused("no account eve", () -> users.setPassword("eve", "x"));
        assertRefused("no account eve", () -> users.remove("eve"));

        assertThat(Files.readString(file)).isEqualTo(START);
    }

    @Test
    void repairsAPasswordThatMakesTheWholeFileInvalid() throws Exception {
        Files.writeString(file, START.replace("= old", "= $9$broken"));

        users.setPassword("bob", "new");

        assertThat(users.read().find("bob").orElseThrow().storedPassword().matches("new"))
                .isTrue();
    }

    @Test
    void replacesOnlyThePasswordThatWasVerified() throws Exception {
        assertThat(users.replacePassword("bob", "older", "$argon2")).isFalse();
        assertThat(Files.readString(file)).isEqualTo(START);

        assertThat(users.replacePassword("bob", "old", "new")).isTrue();
        assertThat(Files.readString(file)).isEqualTo(START.replace("= old", "= new"));
    }

    @Test
    void keepsAnEditThatSomebodyMakesMeanwhile() throws Exception {
        List<String> seen = new ArrayList<>();

        users.edit(properties -> {
            seen.add(properties.text());
            if (seen.size() == 1) {
                append("ftpserver.user.zoe.homedirectory = home\n");
            }
            return properties.with("ftpserver.user.bob.enableflag", "false");
        });

        assertThat(seen).hasSize(2);
        assertThat(users.read().find("zoe")).isPresent();
        assertThat(users.read().find("bob").orElseThrow().getEnabled()).isFalse();
    }

    @Test
    void losesNoneOfManyEditsAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> edits = new ArrayList<>();
            IntStream.range(0, 20)
                    .forEach(i -> edits.add(threads.submit(() -> {
                        new UsersFile(file).add(new NewAccount("user" + i, "home", false, Optional.empty()));
                        return i;
                    })));
            for (Future<?> edit : edits) {
                edit.get();
            }
        }

        assertThat(users.read().all()).hasSize(22);
    }

    private void append(String text) {
        try {
            Files.writeString(file, Files.readString(file) + text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    private interface Refused {
        void run() throws Exception;
    }

    private static void assertRefused(String message, Refused edit) {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(edit::run).withMessageContaining(message);
    }

    @Test
    void disablesAllOfSeveralOrNone() throws Exception {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> users.disable(List.of("bob", "nobody"), Map.of()))
                .withMessageContaining("there is no account nobody");
        assertThat(Files.readString(file)).isEqualTo(START);

        users.disable(List.of("bob", "bob.x"), Map.of());
        assertThat(Files.readString(file))
                .contains("ftpserver.user.bob.enableflag=false", "ftpserver.user.bob.x.enableflag=false");
    }
}
