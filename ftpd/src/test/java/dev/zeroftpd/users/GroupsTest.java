package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.users.limit.LoginRules;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createHome() throws IOException {
        Files.createDirectories(folder.resolve("home/bob"));
        file = folder.resolve("users.properties");
    }

    @Test
    void takesTheAccountsOwnValueFirstAndThenTheGroupsInOrder() throws Exception {
        Account bob = read("""
            ftpserver.user.bob.groups=first, second
            ftpserver.user.bob.maxloginnumber=1
            ftpserver.group.second.homedirectory=gone
            ftpserver.group.second.idletime=60
            ftpserver.group.second.maxloginnumber=3
            ftpserver.group.first.homedirectory=home/${user}
            ftpserver.group.first.maxloginnumber=2
            ftpserver.group.first.uploadrate=1MiB
            """.replace("=gone", "=home")).find("bob").orElseThrow();

        assertThat(bob.getHomeDirectory()).isEqualTo(folder.resolve("home/bob").toString());
        assertThat(bob.getMaxIdleTime()).isEqualTo(60);
        assertThat(bob.rates().upload()).isEqualTo(1024 * 1024);
        assertThat(bob.groups()).containsExactly("first", "second");
        assertThat(AccountView.of(file, "bob"))
                .contains(
                        new AccountView("maxloginnumber", "1", "user, line 2"),
                        new AccountView("idletime", "60", "group second, line 4"),
                        new AccountView("uploadrate", "1MiB", "group first, line 8"),
                        new AccountView("downloadrate", "0", "default"),
                        new AccountView("permissions", "read", "default"));
    }

    @Test
    void mergesPermissionsPathByPathAndThenLetsTheLongestDecide() throws Exception {
        Account bob = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.groups=a,b
            ftpserver.user.bob.permissions./deep/own=all
            ftpserver.user.bob.permissions./home/bob=upload,list
            ftpserver.group.a.permissions./deep=drop
            ftpserver.group.a.permissions=list
            ftpserver.group.b.permissions./=all
            ftpserver.group.b.permissions./deep=all
            ftpserver.group.b.permissions./deep/own=read
            ftpserver.group.b.permissions./home/${user}/=none
            ftpserver.group.b.permissions./dot.ted=none
            """).find("bob").orElseThrow();

        assertThat(bob.rights().at("/")).isEqualTo(Set.of(Permission.LIST));
        assertThat(bob.rights().at("/deep/x")).isEqualTo(Set.of(Permission.UPLOAD));
        assertThat(bob.rights().at("/deep/own/x")).isEqualTo(Permission.ALL);
        assertThat(bob.rights().at("/home/bob")).isEqualTo(Set.of(Permission.LIST, Permission.UPLOAD));
        assertThat(bob.rights().at("/dot.ted")).isEmpty();
        assertThat(bob.authorize(new WriteRequest("/deep/x"))).isNotNull();
        assertThat(bob.authorize(new WriteRequest("/dot.ted"))).isNull();
        assertThat(AccountView.of(file, "bob"))
                .contains(
                        new AccountView("permissions", "list", "group a, line 6"),
                        new AccountView("permissions./deep", "drop", "group a, line 5"),
                        new AccountView("permissions./deep/own", "all", "user, line 3"));
    }

    @Test
    void letsWritePermissionDecideOnlyWhereNoPermissionsAreButDenyAlways() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.plain.homedirectory=home
            ftpserver.user.writer.homedirectory=home
            ftpserver.user.writer.writepermission=true
            ftpserver.user.detailed.homedirectory=home
            ftpserver.user.detailed.permissions=all
            ftpserver.user.denied.homedirectory=home
            ftpserver.user.denied.writepermission=false
            ftpserver.user.denied.groups=all
            ftpserver.user.partly.homedirectory=home
            ftpserver.user.partly.writepermission=true
            ftpserver.user.partly.permissions./closed=none
            ftpserver.group.all.permissions=list,delete
            ftpserver.group.all.permissions./in=all
            """);

        assertThat(accounts.find("plain").orElseThrow().rights()).hasToString("read");
        assertThat(accounts.find("writer").orElseThrow().rights()).hasToString("all");
        assertThat(accounts.find("writer").orElseThrow().getAuthorities(WritePermission.class))
                .hasSize(1);
        assertThat(accounts.find("detailed").orElseThrow().rights()).hasToString("all");
        assertThat(accounts.find("denied").orElseThrow().rights()).hasToString("list /in=read");
        assertThat(accounts.find("partly").orElseThrow().rights()).hasToString("all /closed=none");
    }

    @Test
    void knowsFromWhereUntilWhenAndHow() throws Exception {
        Account bob = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.groups=partners
            ftpserver.user.bob.role=admin:partners
            ftpserver.group.partners.allow-from=192.0.2.0/24, 2001:db8::/32
            ftpserver.group.partners.expires=2027-01-31
            ftpserver.group.partners.tls=required
            ftpserver.user.free.homedirectory=home
            ftpserver.user.free.groups=partners
            ftpserver.user.free.expires=never
            ftpserver.user.free.tls=optional
            ftpserver.user.brief.homedirectory=home
            ftpserver.user.brief.expires=2027-01-31T18:00:00Z
            """).find("bob").orElseThrow();
        Instant end =
                LocalDate.of(2027, 2, 1).atStartOfDay(ZoneId.systemDefault()).toInstant();

        assertThat(bob.rules().allowsFrom(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
        assertThat(bob.rules().allowsFrom(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
        assertThat(bob.rules().allowsFrom(InetAddress.ofLiteral("198.51.100.1")))
                .isFalse();
        assertThat(bob.rules().isExpiredAt(end.minusSeconds(1))).isFalse();
        assertThat(bob.rules().isExpiredAt(end)).isTrue();
        assertThat(bob.rules().tlsRequired()).isTrue();
        assertThat(bob.administeredGroup()).contains("partners");
        assertThat(bob.isAdministrator()).as("of the whole server").isFalse();
        LoginRules free = Accounts.read(file).find("free").orElseThrow().rules();
        assertThat(free.expires()).isEmpty();
        assertThat(free.tlsRequired()).isFalse();
        assertThat(Accounts.read(file).find("brief").orElseThrow().rules().expires())
                .contains(Instant.parse("2027-01-31T18:00:00Z"));
    }

    @Test
    void refusesTheWholeFileWithLineAndSuggestion() {
        String text = """
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.groups=stuff,,staff,staff
            ftpserver.user.bob.permissions=lst,drop
            ftpserver.user.bob.permissions.incoming=read
            ftpserver.user.bob.permissions./a/../b=read
            ftpserver.user.bob.allow-from=192.0.2
            ftpserver.user.bob.expires=31.1.2027
            ftpserver.user.bob.tls=requird
            ftpserver.user.bob.role=admin:stff
            ftpserver.group.staff.userpassword=x
            ftpserver.group.staff.permisions=read
            ftpserver.group.staff.idletime=5m
            ftpserver.group.staff.homedirectory=home/${user}
            ftpserver.user.a/b.groups=staff
            ftpserver.user.eve.groups=staff
            ftpserver.user.bob.permissions./x=read
            ftpserver.user.bob.permissions./x/=read
            """;

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                it -> assertThat(it).contains(":2: ", "no group stuff", "did you mean staff?"),
                                it -> assertThat(it).contains(":2: ", "a group is missing"),
                                it -> assertThat(it).contains(":2: ", "names staff twice"),
                                it -> assertThat(it).contains(":3: ", "lst is no permission", "did you mean list?"),
                                it -> assertThat(it).contains(":3: ", "drop stands alone"),
                                it -> assertThat(it).contains(":4: ", "permissions./incoming"),
                                it -> assertThat(it).contains(":5: ", "none that a client can reach"),
                                it -> assertThat(it).contains(":6: ", "192.0.2 is no address"),
                                it -> assertThat(it).contains(":7: ", "2027-01-31"),
                                it -> assertThat(it).contains(":8: ", "required or optional"),
                                it -> assertThat(it).contains(":9: ", "no group stff", "did you mean staff?"),
                                it -> assertThat(it).contains(":10: ", "a group has no userpassword"),
                                it -> assertThat(it).contains(":11: ", "ftpserver.group.staff.permissions?"),
                                it -> assertThat(it).contains(":12: ", "not a whole number"),
                                it -> assertThat(it).contains(":13: ", "a/b can't be an element of a path"),
                                it -> assertThat(it).contains(":13: ", "not an existing directory"),
                                it -> assertThat(it).contains(":13: ", "not an existing directory"),
                                it -> assertThat(it).contains(":17: ", "is set twice", "line 16")));
    }

    /** A hundred thousand members would take memory for each line otherwise. */
    @Test
    void readsWhatGroupsSayOnceForAllMembers() throws Exception {
        Accounts accounts = read("""
            ftpserver.user.bob.groups=staff
            ftpserver.user.eve.groups=staff
            ftpserver.user.own.groups=staff
            ftpserver.user.own.permissions./x=read
            ftpserver.user.tim.groups=staff,named
            ftpserver.user.tom.groups=staff,named
            ftpserver.group.staff.homedirectory=home
            ftpserver.group.staff.permissions=list
            ftpserver.group.staff.permissions./in=drop
            ftpserver.group.staff.allow-from=192.0.2.0/24
            ftpserver.group.named.permissions./${user}=all
            """);
        Account bob = accounts.find("bob").orElseThrow();
        Account eve = accounts.find("eve").orElseThrow();

        assertThat(eve.rights()).isSameAs(bob.rights()).hasToString("list /in=drop");
        assertThat(eve.rules().allowFrom()).isSameAs(bob.rules().allowFrom()).hasSize(1);
        assertThat(accounts.find("own").orElseThrow().rights()).hasToString("list /in=drop /x=read");
        assertThat(accounts.find("tim").orElseThrow().rights()).hasToString("list /in=drop /tim=all");
        assertThat(accounts.find("tom").orElseThrow().rights()).hasToString("list /in=drop /tom=all");
    }

    @Test
    void tellsAFewProblemsOfALineThatIsWrongForManyMembers() {
        StringBuilder text = new StringBuilder("ftpserver.group.staff.homedirectory=gone/${user}\n");
        for (int i = 0; i < 50; i++) {
            text.append("ftpserver.user.u").append(i).append(".groups=staff\n");
        }

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(text.toString()))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(Findings.MOST_OF_A_LINE + 1)
                        .last()
                        .asString()
                        .contains(":1: ", "and so on"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e", "..%2f..", "a#b", "a?b", "a;b", "a!b"})
    void noNameLeadsOutOfAHomeThatIsAUri(String name) {
        String home =
                "ftpserver.group.staff.homedirectory=" + folder.resolve("home").toUri() + "${user}\n";

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> read(home + "ftpserver.user." + name + ".groups=staff\n"))
                .withMessageContaining("can't be an element of a path");
    }

    @Test
    void namesGroupsWithoutMembers() throws Exception {
        assertThat(read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.groups=used
            ftpserver.group.used.idletime=1
            ftpserver.group.empty.idletime=1
            """).groupsWithoutMembers()).containsExactly("empty");
    }

    @Test
    void editsAccountsWithoutTouchingGroupsAndComments() throws Exception {
        Files.writeString(file, """
            # staff
            ftpserver.group.staff.homedirectory=home
            ftpserver.group.staff.permissions./in=drop
            # bob and bob.in
            ftpserver.user.bob.groups=staff
            ftpserver.user.bob.in.homedirectory=home
            ftpserver.user.bob.permissions./in=all
            """);
        UsersFile users = new UsersFile(file);

        users.set("bob", Map.of("permissions./new", "upload,list", "expires", "2031-01-01"));
        users.add(new UsersFile.NewAccount(
                "eve", Optional.empty(), false, Optional.of("staff"), Optional.of("secret"), Optional.empty()));
        users.setPassword("bob", "other");
        assertThat(users.read().find("eve").orElseThrow().rights()).hasToString("read /in=drop");
        assertThat(users.read().find("bob").orElseThrow().rights()).hasToString("read /in=all /new=list,upload");
        users.remove("bob");
        users.remove("eve");

        assertThat(Files.readString(file)).isEqualTo("""
            # staff
            ftpserver.group.staff.homedirectory=home
            ftpserver.group.staff.permissions./in=drop
            # bob and bob.in
            ftpserver.user.bob.in.homedirectory=home
            """);
    }

    @Test
    void keepsThePasswordsThatStayAsTheyWere() throws Exception {
        Accounts before = read("""
            ftpserver.user.bob.homedirectory=home
            ftpserver.user.bob.userpassword=one
            ftpserver.user.eve.homedirectory=home
            ftpserver.user.eve.userpassword=two
            """);
        Files.writeString(file, Files.readString(file).replace("two", "three"));

        Accounts after = before.readAgain(file);

        assertThat(after.find("bob").orElseThrow().storedPassword())
                .isSameAs(before.find("bob").orElseThrow().storedPassword());
        assertThat(after.find("eve").orElseThrow().storedPassword().text()).isEqualTo("three");
    }

    private Accounts read(String text) throws IOException, ConfigException {
        Files.writeString(file, text);
        return Accounts.read(file);
    }
}
