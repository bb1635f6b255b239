package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.users.password.Argon2Hash;
import dev.zeroftpd.users.source.ScriptedSources;
import dev.zeroftpd.users.source.SourceAwayException;
import dev.zeroftpd.users.source.UnusableAccountException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the answers of a plugin that hands over what is stored of passwords. */
class StoredAnswersTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String MD5_OF_RIGHT = "7c4f29407893c334a6cb7a87bf045c0d";
    private static final String CHEAP_BCRYPT = "$2b$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";
    private static final String DEAR_BCRYPT = "$2b$14$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde";

    @TempDir
    private Path folder;

    private volatile LoginAnswer answer = new LoginAnswer.Absent();
    private Optional<AccountUserManager> opened = Optional.empty();

    @BeforeEach
    void writeAccounts() throws IOException {
        Files.createDirectories(folder.resolve("homes/bob"));
        Files.createDirectories(folder.resolve("homes/eve"));
        Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.local.homedirectory=homes
            ftpserver.user.local.userpassword=secret
            ftpserver.group.staff.homedirectory=homes/${user}
            """);
    }

    @AfterEach
    void close() {
        opened.ifPresent(AccountUserManager::close);
    }

    private AccountUserManager manager(Duration cache, Duration stale) throws Exception {
        AccountUserManager users = AccountUserManager.read(TestSettings.users(
                folder.resolve("users.properties"),
                false,
                Optional.of(ScriptedSources.choice(_ -> answer, Duration.ofSeconds(20), cache, stale))));
        users.elsewhere().open(Optional.empty());
        opened = Optional.of(users);
        return users;
    }

    private static User login(AccountUserManager users, String name, String password) throws Exception {
        return users.authenticate(new UsernamePasswordAuthentication(name, password));
    }

    private static void assertRefused(AccountUserManager users, String name, String password) {
        assertThatExceptionOfType(AuthenticationFailedException.class)
                .as("%s", password)
                .isThrownBy(() -> login(users, name, password))
                .withMessage("Authentication failed");
    }

    private static SourceLogins.Answer ask(AccountUserManager users, String name, String password) throws Exception {
        return users.elsewhere().ask(new UsernamePasswordAuthentication(name, password), _ -> true);
    }

    @Test
    void storedPasswordsOfAnyFormAreComparedHere() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        for (String stored :
                List.of("right", MD5_OF_RIGHT, Argon2Hash.of("right").text())) {
            answer = new LoginAnswer.Stored(stored, Map.of("groups", "staff"));
            assertRefused(users, "bob", "wrong");
            assertThat(login(users, "bob", "right").getName()).isEqualTo("bob");
        }
        assertThat(((Account) login(users, "bob", "right")).groups()).containsExactly("staff");
        answer = new LoginAnswer.Stored("", Map.of("groups", "staff"));
        assertRefused(users, "bob", "right");
        answer = new LoginAnswer.Absent();
        assertRefused(users, "bob", "right");
        users.elsewhere().source().orElseThrow().counts().forEach((result, count) -> {
            if (result.equals("right")) {
                assertThat(count).isEqualTo(4);
            } else if (result.equals("wrong")) {
                assertThat(count).isEqualTo(5);
            }
        });
    }

    @Test
    @Tag("attack")
    void theTimeOfARefusalDoesNotTellWhichNamesASourceHas() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        Argon2Hash dear = Argon2Hash.of("right");
        answer = new LoginAnswer.Stored(dear.text(), Map.of("groups", "staff"));
        assertThat(ask(users, "bob", "wrong").isCostly()).isTrue();
        for (LoginAnswer cheap : List.of(
                new LoginAnswer.Absent(),
                new LoginAnswer.Stored("", Map.of()),
                new LoginAnswer.Stored("$unknown$x", Map.of()),
                new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("groups", "staff")),
                new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("enableflag", "false", "homedirectory", "homes")))) {
            answer = cheap;
            assertThat(ask(users, "eve", "wrong").isCostly()).as("%s", cheap).isTrue();
        }
        // also a right one of an account that is disabled or can't be used
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("enableflag", "false", "homedirectory", "homes"));
        assertThat(ask(users, "eve", "right").isCostly()).isTrue();
        assertThatExceptionOfType(DisabledAccountException.class).isThrownBy(() -> login(users, "eve", "right"));
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("homedirectory", "gone"));
        assertThat(ask(users, "eve", "right").isCostly()).isTrue();
        assertThatExceptionOfType(UnusableAccountException.class).isThrownBy(() -> login(users, "eve", "right"));
        assertRefused(users, "eve", "wrong");
    }

    @Test
    @Tag("attack")
    void aCheaperHashIsAnsweredAsLateAsTheDearestOfTheSource() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        answer = new LoginAnswer.Stored(CHEAP_BCRYPT, Map.of("groups", "staff"));
        double before = ask(users, "bob", "wrong").dearness();
        answer = new LoginAnswer.Stored(DEAR_BCRYPT, Map.of("groups", "staff"));
        assertThat(ask(users, "eve", "wrong").dearness()).isEqualTo(1);
        answer = new LoginAnswer.Stored(CHEAP_BCRYPT, Map.of("groups", "staff"));
        assertThat(ask(users, "bob", "wrong").dearness()).isGreaterThan(before);
        assertThat(users.elsewhere().dearness("local")).isGreaterThan(1);
    }

    @Test
    void aChangedHashCountsAtOnceAndAnUnchangedOneIsNotComputedAnew() throws Exception {
        AccountUserManager users = manager(HOUR, Duration.ZERO);
        Map<String, String> keys = Map.of("groups", "staff");
        answer = new LoginAnswer.Stored(Argon2Hash.of("right").text(), keys);
        assertThat(ask(users, "bob", "right").isCostly()).isTrue();
        login(users, "bob", "right");

        assertThat(ask(users, "bob", "right").isCostly()).isFalse();
        assertThat(users.authenticateAtOnce("bob", "right")).isEmpty(); // the source is asked each time
        assertThat(users.wasRight("bob", "right")).isTrue();

        answer = new LoginAnswer.Stored(Argon2Hash.of("other").text(), keys);
        assertRefused(users, "bob", "right");
        assertThat(users.accounts().find("bob")).isEmpty(); // its sessions end
        assertThat(login(users, "bob", "other").getName()).isEqualTo("bob");
    }

    @Test
    void storedPasswordsThatWereRightCountWithoutAnswersWhereTheSettingsSaySo() throws Exception {
        AccountUserManager users = manager(Duration.ZERO, HOUR);
        answer = new LoginAnswer.Stored(MD5_OF_RIGHT, Map.of("groups", "staff"));
        login(users, "bob", "right");
        answer = new LoginAnswer.Unavailable("it rains");
        assertThat(login(users, "bob", "right").getName()).isEqualTo("bob");
        assertThatExceptionOfType(SourceAwayException.class).isThrownBy(() -> login(users, "bob", "wrong"));
    }
}
