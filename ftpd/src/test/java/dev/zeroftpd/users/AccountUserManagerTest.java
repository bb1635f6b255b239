package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.ThreadMXBean;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.users.password.Argon2Hash;
import dev.zeroftpd.users.password.HashMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.usermanager.AnonymousAuthentication;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class AccountUserManagerTest {

    private static final String MD5_OF_ADMIN = "21232F297A57A5A743894A0E4A801FC3";

    @TempDir
    private Path folder;

    private Path file;
    private @Nullable AccountUserManager opened;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void createHomeAndCollectTheLog() throws IOException {
        Files.createDirectories(folder.resolve("home"));
        file = folder.resolve("users.properties");
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void close() {
        logger().detachAppender(log);
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void logsInWithTheRightPasswordOnly() throws Exception {
        AccountUserManager manager =
                open(false, account("bob", Argon2Hash.of("secret").text()));

        assertThat(login(manager, "bob", "secret").getName()).isEqualTo("bob");
        assertRefused(manager, "bob", "wrong");
        assertRefused(manager, "eve", "secret");
        assertRefused(manager, "bob", "");
    }

    /** A hash takes its memory anew once that was given back, so that what a thread allocates shows which one it computed. */
    @Test
    @Tag("attack")
    void computesTheDearestHashAlsoForANameWithoutAnAccount() throws Exception {
        int dearest = 32 << 20;
        String hash = Argon2Hash.of("secret").text().replace("m=19456,", "m=" + dearest / 1024 + ",");
        AccountUserManager manager = open(false, account("bob", hash) + account("eve", "clear") + account("none", ""));
        for (String name : List.of("bob", "eve", "none", "nobody")) {
            HashMemory.giveBack();
            long before = allocated();
            assertRefused(manager, name, "wrong");
            assertThat(allocated() - before).as(name).isBetween((long) dearest, 2L * dearest);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void refusesADisabledAccountAlsoWithTheRightPassword() throws Exception {
        for (String stored : List.of("secret", Argon2Hash.of("secret").text())) {
            try (AccountUserManager manager =
                    open(false, account("bob", stored) + "ftpserver.user.bob.enableflag=false\n")) {
                // what tells a stale device from one that guesses
                assertThatExceptionOfType(DisabledAccountException.class)
                        .isThrownBy(() -> login(manager, "bob", "secret"));
                assertThat(manager.authenticateAtOnce("bob", "secret")).isEmpty();
                assertThatExceptionOfType(AuthenticationFailedException.class)
                        .isThrownBy(() -> login(manager, "bob", "wrong"))
                        .isNotInstanceOf(DisabledAccountException.class);
            }
        }
    }

    @Test
    void letsAnonymousInWithoutAPasswordIfThereIsSuchAnAccount() throws Exception {
        AccountUserManager manager = open(false, account("anonymous", ""));
        for (String nothing : List.of("", "{CLEAR}")) {
            edit(account("anonymous", nothing));
            manager.reload();
            assertThat(manager.asksAnonymousForPassword()).isFalse();
            assertThat(manager.authenticate(new AnonymousAuthentication()).getName())
                    .isEqualTo("anonymous");
            assertRefused(manager, "anonymous", "");
        }

        edit("");
        manager.reload();

        assertThatExceptionOfType(AuthenticationFailedException.class)
                .isThrownBy(() -> manager.authenticate(new AnonymousAuthentication()));
    }

    @Test
    void demandsThePasswordThatAnonymousWasGiven() throws Exception {
        for (String stored : List.of("secret", Argon2Hash.of("secret").text())) {
            try (AccountUserManager manager = open(false, account("anonymous", stored))) {
                assertThat(manager.asksAnonymousForPassword()).isTrue();
                assertThat(login(manager, "anonymous", "secret").getName()).isEqualTo("anonymous");
                assertRefused(manager, "anonymous", "guest@example.org");
                assertThatExceptionOfType(AuthenticationFailedException.class)
                        .isThrownBy(() -> manager.authenticate(new AnonymousAuthentication()));
            }
        }
    }

    @Test
    void takesTheHashOfTheEmptyPasswordForNone() throws Exception {
        String md5OfNothing = "D41D8CD98F00B204E9800998ECF8427E";
        for (String stored : List.of(md5OfNothing, Argon2Hash.of("").text())) {
            try (AccountUserManager manager = open(true, account("anonymous", stored))) {
                assertThat(login(manager, "anonymous", "guest@example.org").getName())
                        .isEqualTo("anonymous");
                assertThat(manager.authenticate(new AnonymousAuthentication()).getName())
                        .isEqualTo("anonymous");
                assertThat(login(manager, "anonymous", "another@example.org").getName())
                        .isEqualTo("anonymous");
            }
        }
    }

    @Test
    void remembersAVerifiedPasswordUntilItIsChanged() throws Exception {
        AccountUserManager manager =
                open(false, account("bob", Argon2Hash.of("secret").text()));
        assertThat(manager.authenticateAtOnce("bob", "secret")).isEmpty();
        login(manager, "bob", "secret");
        assertThat(manager.authenticateAtOnce("bob", "secret")).isPresent();
        assertThat(manager.authenticateAtOnce("bob", "wrong")).isEmpty();

        edit(account("bob", Argon2Hash.of("secret").text()));
        manager.reload();

        assertThat(manager.authenticateAtOnce("bob", "secret")).isEmpty();
    }

    /** Its next answer would come sooner than one to a wrong password. */
    @Test
    @Tag("attack")
    void remembersNoPasswordOfAClientThatMayNotUseTheAccount() throws Exception {
        for (String stored : List.of(Argon2Hash.of("secret").text(), "$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/")) {
            String password = stored.startsWith("$1$") ? "pässword" : "secret";
            try (AccountUserManager manager = open(false, account("bob", stored))) {
                assertThat(manager.authenticate(new UsernamePasswordAuthentication("bob", password), _ -> false)
                                .getName())
                        .isEqualTo("bob");
                assertThat(manager.wasRight("bob", password)).isFalse();
                assertThat(manager.authenticateAtOnce("bob", password)).isEmpty();

                login(manager, "bob", password);
                assertThat(manager.wasRight("bob", password)).isTrue();
            }
        }
    }

    /** Where every thread may ask, a thousand rounds would tell by their time that there is such a name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/",
                "$apr1$saltsalt$553eXAj/BD3irf9w9nutz/",
                "{CRYPT}$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/"
            })
    void computesNoRoundsAtOnceButRemembersWhatWasRight(String stored) throws Exception {
        AccountUserManager manager = open(false, account("bob", stored));
        assertThat(manager.authenticateAtOnce("bob", "pässword")).isEmpty();
        assertRefused(manager, "bob", "wrong");

        assertThat(login(manager, "bob", "pässword").getName()).isEqualTo("bob");

        assertThat(manager.authenticateAtOnce("bob", "pässword")).isPresent();
        assertThat(manager.authenticateAtOnce("bob", "wrong")).isEmpty();
    }

    @Test
    void replacesAHashOfAThousandRoundsAtLogin() throws Exception {
        AccountUserManager manager = open(true, account("bob", "$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/"));

        login(manager, "bob", "pässword");

        await().untilAsserted(() -> assertThat(
                        manager.accounts().find("bob").orElseThrow().storedPassword())
                .isInstanceOf(Argon2Hash.class));
    }

    @Test
    void usesAnEditWithoutARestart() throws Exception {
        AccountUserManager manager = open(false, account("bob", "one"));

        edit(account("bob", "one") + account("eve", "two"));

        await().untilAsserted(() -> assertThat(manager.doesExist("eve")).isTrue());
    }

    @Test
    void usesAFileThatReplacesTheOldOne() throws Exception {
        AccountUserManager manager = open(false, account("bob", "one"));

        Path replacement = Files.writeString(folder.resolve("new"), account("eve", "one"));
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);

        await().untilAsserted(() -> assertThat(manager.getAllUserNames()).containsExactly("eve"));
    }

    @Test
    void keepsTheLastGoodAccountsWhenAnEditIsBrokenAndSaysSoOnce() throws Exception {
        AccountUserManager manager = open(false, account("bob", "one"));

        edit(account("bob", "two") + "ftpserver.user.bob.enableflag=maybe\n");

        await().untilAsserted(() -> assertThat(warnings()).hasSize(1));
        assertThat(warnings().getFirst()).contains("users.properties:3: ", "maybe", "stay as they were");
        assertThat(login(manager, "bob", "one").getName()).isEqualTo("bob");

        edit(account("bob", "three"));
        await().untilAsserted(() ->
                assertThat(manager.authenticateAtOnce("bob", "three")).isPresent());
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void keepsTheLastGoodAccountsWhenTheFileIsGone() throws Exception {
        AccountUserManager manager = open(false, account("bob", "one"));

        Files.delete(file);

        await().untilAsserted(() -> assertThat(warnings()).hasSize(1));
        assertThat(manager.doesExist("bob")).isTrue();
        assertThat(manager.reload()).isFalse();
    }

    @Test
    void doesNotOpenABrokenFile() throws Exception {
        edit("ftpserver.user.bob.enableflag=maybe\n");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> AccountUserManager.open(TestSettings.users(file, false)));
    }

    @Test
    void replacesAnOldHashAtLoginAndRemembersThePassword() throws Exception {
        AccountUserManager manager = open(true, "# ours\n" + account("bob", MD5_OF_ADMIN));

        login(manager, "bob", "admin");

        await().untilAsserted(() -> assertThat(
                        manager.accounts().find("bob").orElseThrow().storedPassword())
                .isInstanceOf(Argon2Hash.class));
        assertThat(Files.readString(file)).startsWith("# ours\n").doesNotContain(MD5_OF_ADMIN);
        assertThat(manager.authenticateAtOnce("bob", "admin")).isPresent();
        assertRefused(manager, "bob", "wrong");
    }

    @Test
    void leavesAnOldHashAloneIfToldToOrIfThePasswordWasWrong() throws Exception {
        AccountUserManager manager = open(false, account("bob", MD5_OF_ADMIN));
        login(manager, "bob", "admin");
        manager.close();
        AccountUserManager upgrading = open(true, account("bob", MD5_OF_ADMIN));
        assertRefused(upgrading, "bob", "wrong");

        assertThat(Files.readString(file)).isEqualTo(account("bob", MD5_OF_ADMIN));
    }

    @Test
    void warnsOnceWhenAnOldHashCannotBeReplaced() throws Exception {
        AccountUserManager manager = open(true, account("bob", MD5_OF_ADMIN));
        // A folder in the place of the lock file refuses every edit, also to root.
        Files.createDirectory(folder.resolve(".users.properties.lock"));

        login(manager, "bob", "admin");
        await().untilAsserted(() -> assertThat(warnings()).hasSize(1));
        login(manager, "bob", "admin");

        assertThat(warnings()).singleElement().asString().contains("until the next start");
        assertThat(Files.readString(file)).isEqualTo(account("bob", MD5_OF_ADMIN));
    }

    @Test
    void savesAndDeletesForAnEmbedder() throws Exception {
        AccountUserManager manager = open(false, account("bob", "one"));
        BaseUser eve = new BaseUser();
        eve.setName("eve");
        eve.setPassword("secret");
        eve.setHomeDirectory(folder.resolve("home").toString());
        eve.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(3, 2)));

        manager.save(eve);
        manager.delete("bob");

        assertThat(manager.getAllUserNames()).containsExactly("eve");
        assertThat(login(manager, "eve", "secret").authorize(new WriteRequest()))
                .isNotNull();
        assertThat(Files.readString(file)).doesNotContain("secret").contains("maxloginperip=2");
    }

    @Test
    void knowsAdministratorsByTheirRoleAndNotByTheirName() throws Exception {
        AccountUserManager manager = open(
                false, account("admin", "one") + account("bob", "one") + account("eve", "one") + role("eve", "admin"));

        assertThat(manager.isAdmin("admin")).isFalse();
        assertThat(manager.isAdmin("bob")).isFalse();
        assertThat(manager.isAdmin("eve")).isTrue();
        assertThat(manager.isAdmin("none")).isFalse();
        assertThat(manager.getAdminName()).isEqualTo("eve");
    }

    @Test
    void hasNoAdministratorWhereNoRoleSaysSo() throws Exception {
        AccountUserManager manager = open(false, account("admin", "one") + role("admin", "user"));

        assertThat(manager.isAdmin("admin")).isFalse();
        assertThat(manager.getAdminName()).isEmpty();
    }

    private AccountUserManager open(boolean upgradeHashes, String text) throws Exception {
        edit(text);
        AccountUserManager manager = AccountUserManager.open(TestSettings.users(file, upgradeHashes));
        opened = manager;
        return manager;
    }

    private void edit(String text) throws IOException {
        Files.writeString(file, text);
    }

    private static String role(String name, String role) {
        return "ftpserver.user.%s.role=%s\n".formatted(name, role);
    }

    private static String account(String name, String password) {
        return "ftpserver.user.%s.userpassword=%s\nftpserver.user.%s.homedirectory=home\n"
                .formatted(name, password, name);
    }

    private static Account login(AccountUserManager manager, String name, String password)
            throws AuthenticationFailedException {
        return (Account) manager.authenticate(new UsernamePasswordAuthentication(name, password));
    }

    private static void assertRefused(AccountUserManager manager, String name, String password) {
        assertThatExceptionOfType(AuthenticationFailedException.class).isThrownBy(() -> login(manager, name, password));
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) Objects.requireNonNull(LoggerFactory.getLogger("dev.zeroftpd.users"));
    }
}
