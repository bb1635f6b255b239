package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.users.limit.AccountRates;
import dev.zeroftpd.users.password.Argon2Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginRequest;
import org.apache.ftpserver.usermanager.impl.TransferRateRequest;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createHome() throws IOException {
        Files.createDirectories(folder.resolve("home/deep"));
        file = folder.resolve("users.properties");
    }

    @Test
    void readsAFileOfApacheFtpServer() throws Exception {
        Accounts accounts = read("""
            # Licensed to the Apache Software Foundation
            ftpserver.user.admin.userpassword=21232F297A57A5A743894A0E4A801FC3
            ftpserver.user.admin.homedirectory=./home
            ftpserver.user.admin.enableflag=true
            ftpserver.user.admin.writepermission=true
            ftpserver.user.admin.maxloginnumber=0
            ftpserver.user.admin.maxloginperip=0
            ftpserver.user.admin.idletime=0
            ftpserver.user.admin.uploadrate=0
            ftpserver.user.admin.downloadrate=0
            ftpserver.user.anonymous.userpassword=
            ftpserver.user.anonymous.homedirectory=./home
            ftpserver.user.anonymous.enableflag=true
            ftpserver.user.anonymous.writepermission=false
            ftpserver.user.anonymous.maxloginnumber=20
            ftpserver.user.anonymous.maxloginperip=2
            ftpserver.user.anonymous.idletime=300
            ftpserver.user.anonymous.uploadrate=4800
            ftpserver.user.anonymous.downloadrate=4801
            """);

        assertThat(accounts.all()).extracting(Account::getName).containsExactly("admin", "anonymous");
        Account anonymous = accounts.find("anonymous").orElseThrow();
        assertThat(anonymous.getHomeDirectory())
                .isEqualTo(folder.resolve("home").toString());
        assertThat(anonymous.getMaxIdleTime()).isEqualTo(300);
        assertThat(anonymous.getEnabled()).isTrue();
        assertThat(anonymous.getPassword()).isNull();
        assertThat(anonymous.authorize(new WriteRequest())).isNull();
        assertThat(anonymous.authorize(new ConcurrentLoginRequest(20, 2))).isNotNull();
        assertThat(anonymous.authorize(new ConcurrentLoginRequest(21, 1))).isNull();
        assertThat(anonymous.authorize(new ConcurrentLoginRequest(3, 3))).isNull();
        assertThat(anonymous.authorize(new TransferRateRequest()))
                .isInstanceOfSatisfying(TransferRateRequest.class, rates -> {
                    assertThat(rates.getMaxUploadRate()).isEqualTo(4800);
                    assertThat(rates.getMaxDownloadRate()).isEqualTo(4801);
                });
        assertThat(accounts.find("admin").orElseThrow().authorize(new WriteRequest()))
                .isNotNull();
    }

    @Test
    void readsNamesWithDotsAndEscapesAndTheRatesThatAddUp() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.jo.ann@example.com.homedirectory=home
            ftpserver.user.jo.ann@example.com.downloadrate-total=5000000000
            ftpserver.user.jo.ann@example.com.uploadrate-total=7
            ftpserver.user.jo.ann@example.com.downloadrate=4000000000
            ftpserver.user.jo\\ \\u00e9.homedirectory=home/deep
            """);

        Account dotted = accounts.find("jo.ann@example.com").orElseThrow();
        assertThat(dotted.rates()).isEqualTo(new AccountRates(0, 4_000_000_000L, 7, 5_000_000_000L));
        assertThat(dotted.authorize(new TransferRateRequest()))
                .isInstanceOfSatisfying(
                        TransferRateRequest.class,
                        rates -> assertThat(rates.getMaxDownloadRate()).isEqualTo(Integer.MAX_VALUE));
        assertThat(accounts.find("jo \u00e9")).isPresent();
        assertThat(accounts.find("jo")).isEmpty();
    }

    @Test
    void reportsEverythingThatIsWrongWithItsLine() throws Exception {
        String text = """
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.hoemdirectory=home
            ftpserver.users.bob.enableflag=true

            ftpserver.user.bob.enableflag=yes
            ftpserver.user.bob.idletime=5m
            ftpserver.user.bob.maxloginnumber=-1
            ftpserver.user.bob.homedirectory=home/deep
            ftpserver.user.eve.userpassword=$7$secret$
            ftpserver.user.zoe.homedirectory=gone
            ftpserver.user.max.homedirectory=s4://bucket/x
            ftpserver.user..homedirectory=home
            """;

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it).contains(":2: ", "did you mean ftpserver.user.bob.homedirectory"),
                                it -> assertThat(it).contains(":3: unknown key ftpserver.users.bob.enableflag"),
                                it -> assertThat(it).contains(":5: ", "=yes is neither true nor false"),
                                it -> assertThat(it).contains(":6: ", "=5m is not a whole number"),
                                it -> assertThat(it).contains(":7: ", "=-1 is negative"),
                                it -> assertThat(it).contains(":8: ", "is set twice", "line 1"),
                                it -> assertThat(it)
                                        .contains(
                                                ":9: ",
                                                "a scheme that this server doesn't know",
                                                "ftpd user passwd eve")
                                        .doesNotContain("secret"),
                                it -> assertThat(it).contains(":9: ", "eve has no home directory"),
                                it -> assertThat(it).contains(":10: ", "not an existing directory", "mkdir -p"),
                                it -> assertThat(it).contains(":11: ", "no plugin serves s4:", "jar"),
                                it -> assertThat(it).contains(":12: ", "no name")));
    }

    @Test
    void saysOfEachValueWhatIsToBeDone() {
        String text = """
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.uploadrate=fast
            ftpserver.user.bob.maxloginnumber=3 # three
            ftpserver.user.bob.role=root
            ftpserver.user.bob.quota=1
            ftpserver.user.eve.homedirectory=users.properties
            ftpserver.user.eve.role=admin:sales
            ftpserver.user.eve.userpassword={SSHA}c2VjcmV0c2VjcmV0
            ftpserver.user.max.homedirectory=C:\\home
            """;

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it)
                                        .endsWith(
                                                "=fast is not a number of bytes a second; write a whole number and one"
                                                        + " of B, KB, MB, GB, KiB, MiB, GiB, such as 10MiB, or 0 for no"
                                                        + " limit"),
                                it -> assertThat(it).endsWith("; a comment needs a line of its own: leave only 3"),
                                it -> assertThat(it).endsWith("role=root is no role; write user, admin or admin:GROUP"),
                                it -> assertThat(it)
                                        .contains("unknown attribute in ftpserver.user.bob.quota; remove it, or use one"
                                                + " of userpassword, homedirectory"),
                                it -> assertThat(it)
                                        .endsWith("=users.properties is a file, not a directory; name a directory"),
                                it -> assertThat(it)
                                        .endsWith("=admin:sales: there is no group sales; write a line for it, such as"
                                                + " ftpserver.group.sales.permissions=read"),
                                it -> assertThat(it)
                                        .contains(":8: ", "{SSHA} is a form of hash", "ftpd user passwd eve")
                                        .doesNotContain("c2Vj"),
                                it -> assertThat(it).endsWith("a backslash in this file is written twice (\\\\)")));
    }

    @Test
    void takesUnitsInRates() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.uploadrate=1MB
            ftpserver.user.bob.downloadrate=64KiB
            ftpserver.user.bob.uploadrate-total=5000000000
            ftpserver.user.bob.downloadrate-total=2 GiB
            """);

        assertThat(accounts.find("bob").orElseThrow().rates())
                .isEqualTo(new AccountRates(1_000_000, 65_536, 5_000_000_000L, 1L << 31));
    }

    /** What costs the same as a wrong password for another name must do so in the new forms, too. */
    @Test
    void spendsWhatTheDearestHashOfCryptCosts() throws Exception {
        String few = "$5$saltsalt$rQBvFGQx3u6doxkk7cvWbhhnhS2qa1.FI.tt6NGFH66";
        String many = "$6$rounds=100000$saltsalt$" + "a".repeat(86);
        String cheap = "$1$saltsalt$QgbQ7EUpcKNQTLgSVL4qr/";
        Accounts accounts = read("""
            ftpserver.user.few.homedirectory=home
            ftpserver.user.few.userpassword=%s
            ftpserver.user.many.homedirectory=home
            ftpserver.user.many.userpassword={CRYPT}%s
            ftpserver.user.cheap.homedirectory=home
            ftpserver.user.cheap.userpassword=%s
            """.formatted(few, many, cheap));

        assertThat(accounts.comparedFor("nobody").text()).isEqualTo("{CRYPT}" + many);
        assertThat(accounts.comparedFor("cheap").text()).isEqualTo("{CRYPT}" + many);
        assertThat(accounts.comparedFor("few").text()).isEqualTo(few);
    }

    @Test
    void keepsTheUriOfAnotherFileSystemAndResolvesAFileUri() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.zip.homedirectory=jar:file:///srv/a.zip
            ftpserver.user.uri.homedirectory=%s
            """.formatted(folder.resolve("home").toUri()));

        assertThat(accounts.find("zip").orElseThrow().getHomeDirectory()).isEqualTo("jar:file:///srv/a.zip");
        assertThat(accounts.find("uri").orElseThrow().getHomeDirectory())
                .isEqualTo(folder.resolve("home").toString());
    }

    @Test
    void doesNotMissTheHomeOfADisabledAccount() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.homedirectory=gone
            ftpserver.user.bob.enableflag=FALSE
            """);

        assertThat(accounts.find("bob").orElseThrow().getEnabled()).isFalse();
    }

    @Test
    void takesNegativeRatesAndTimesForNoLimitAsApacheFtpServerDoes() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.idletime=-1
            ftpserver.user.bob.downloadrate=-1
            """);

        Account bob = accounts.find("bob").orElseThrow();
        assertThat(bob.getMaxIdleTime()).isZero();
        assertThat(bob.rates()).isEqualTo(new AccountRates(0, 0, 0, 0));
    }

    @Test
    void saysWhereTheMissingFileIsConfigured() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Accounts.read(file))
                .withMessageContaining("no such file")
                .withMessageContaining("users.file");
    }

    @Test
    @Tag("attack")
    void spendsOnAnUnknownNameWhatTheDearestAccountCosts() throws Exception {
        String bcrypt4 = "$2y$04$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
        String bcrypt12 = "$2y$12$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
        String argon2 = Argon2Hash.decoy().text();

        assertThat(decoyOf(bcrypt4, "clear", "")).isEqualTo(bcrypt4);
        assertThat(decoyOf(bcrypt4, argon2, bcrypt4)).isEqualTo(argon2);
        assertThat(decoyOf(argon2, bcrypt12, argon2)).isEqualTo(bcrypt12);
        assertThat(read("").comparedFor("nobody")).isInstanceOf(Argon2Hash.class);
    }

    /** The cost of bcrypt doubles with each step. */
    @Test
    @Tag("attack")
    void knowsHowMuchDearerAnUnknownNameIsThanAnAccount() throws Exception {
        String bcrypt10 = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
        Accounts accounts = read("""
            ftpserver.user.cheaper.homedirectory=home
            ftpserver.user.cheaper.userpassword=%s
            ftpserver.user.dearest.homedirectory=home
            ftpserver.user.dearest.userpassword=%s
            ftpserver.user.clear.homedirectory=home
            ftpserver.user.clear.userpassword=clear
            """.formatted(bcrypt10, bcrypt10.replace("$10$", "$12$")));

        assertThat(accounts.dearness("cheaper")).isEqualTo(4);
        assertThat(accounts.dearness("dearest")).isEqualTo(1);
        assertThat(accounts.dearness("clear")).isEqualTo(1);
        assertThat(accounts.dearness("stranger")).isEqualTo(1);
    }

    @Test
    void spendsNoMoreMemoryOnAnUnknownNameThanThereIs() throws Exception {
        String small = Argon2Hash.decoy().text();
        String large = small.replace("m=19456,t=2", "m=262144,t=1");
        Accounts accounts = read("""
            ftpserver.user.small.homedirectory=home
            ftpserver.user.small.userpassword=%s
            ftpserver.user.large.homedirectory=home
            ftpserver.user.large.userpassword=%s
            """.formatted(small, large));

        assertThat(Accounts.decoyAmong(accounts.all(), kib -> kib <= 262_143).text())
                .isEqualTo(small);
        assertThat(Accounts.decoyAmong(accounts.all(), kib -> kib <= 262_144).text())
                .isEqualTo(large);
    }

    /** What is verified for a name without an account, a cheap password, none, and the dearest: always the dearest. */
    private String decoyOf(String... passwords) throws ConfigException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < passwords.length; i++) {
            text.append("ftpserver.user.u%d.homedirectory=home\n".formatted(i));
            if (!passwords[i].isEmpty()) {
                text.append("ftpserver.user.u%d.userpassword=%s\n".formatted(i, passwords[i]));
            }
        }
        Accounts accounts = read(text.toString());
        String decoy = accounts.comparedFor("nobody").text();
        for (int i = 0; i < passwords.length; i++) {
            boolean cheap = !passwords[i].startsWith("$");
            assertThat(accounts.comparedFor("u" + i).text()).isEqualTo(cheap ? decoy : passwords[i]);
        }
        return decoy;
    }

    @Test
    void noAccountExpiresWhileTheClockIsSetBack() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.expires=2031-01-01T12:00:00Z
            """);
        Instant end = Instant.parse("2031-01-01T12:00:00Z");

        assertThat(accounts.expireBetween(end.minusSeconds(1), end)).isTrue();
        assertThat(accounts.expireBetween(end, end.plusSeconds(1))).isFalse();
        assertThat(accounts.expireBetween(end.plusSeconds(1), end.minusSeconds(1)))
                .isFalse();
    }

    /** Accounts are read while the file is: what stands further down must count all the same. */
    @Test
    void readsAccountsWhoseLinesStandApart() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.x.homedirectory=home
            ftpserver.user.bob.x.idletime=7
            ftpserver.user.ann.groups=late
            ftpserver.user.tom.role=admin:late
            ftpserver.user.tom.homedirectory=home
            ftpserver.user.bob.idletime=5
            ftpserver.group.late.homedirectory=home
            ftpserver.group.late.idletime=6
            ftpserver.user.ann.maxloginnumber=3
            """);

        assertThat(accounts.all())
                .extracting(Account::getName, Account::getMaxIdleTime)
                .containsExactly(tuple("ann", 6), tuple("bob", 5), tuple("bob.x", 7), tuple("tom", 0));
        assertThat(accounts.find("tom").orElseThrow().administeredGroup()).contains("late");
    }

    @Test
    void findsWhatIsWrongInAccountsWhoseLinesStandApart() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read("""
                    ftpserver.user.bob.homedirectory=home
                    ftpserver.user.bob.idletime=5
                    ftpserver.user.ann.homedirectory=home
                    ftpserver.user.ann.idletime=soon
                    ftpserver.user.bob.idletime=6
                    ftpserver.user.tom.idletime=soon
                    """))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it).contains(":4: ", "is not a whole number"),
                                it -> assertThat(it).contains(":5: ", "is set twice", "line 2"),
                                it -> assertThat(it).contains(":6: ", "has no home directory"),
                                it -> assertThat(it).contains(":6: ", "is not a whole number")));
    }

    private Accounts read(String text) throws ConfigException {
        try {
            Files.writeString(Objects.requireNonNull(file), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Accounts.read(file);
    }
}
