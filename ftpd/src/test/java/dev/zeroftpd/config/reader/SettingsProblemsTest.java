package dev.zeroftpd.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about a configuration that is wrong: everything at once, each with its place, and no secret. */
class SettingsProblemsTest {

    @TempDir
    private Path root;

    private Path file = Path.of("");

    @BeforeEach
    void makeConfigDirectory() throws IOException {
        file = Files.createDirectory(root.resolve("config")).resolve("ftpd.properties");
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() throws Exception {
        Files.writeString(file, """
            listener.prot=21
            listener.port=99999
            listener.idle-timeout=5
            bandwidth.server=10M
            listener.tls=on
            upload.umask=888
            listener.port=21
            transfer.stall-timeout=0
            passive.ports=20-10
            completely.different=1
            users.upgrade-hashes=yes
            listener.b.idle-timeout=1m
            limits.sessions=
            """);
        var sources = new SettingsSources(
                Optional.of(file), file, Map.of("FTPD_ACTIVE_LOCAL_PORT", "x"), List.of("nothing", "a.b=c"), root);
        assertThat(problems(sources))
                .containsExactlyInAnyOrder(
                        file + ":7: listener.port is set twice; keep one: it is in line 2 too",
                        file + ":1: listener.prot is not a setting; did you mean listener.port?",
                        file + ":10: completely.different is not a setting; remove it, or look its name up in"
                                + " docs/configuration.md",
                        "--set nothing: there is no value; write --set key=value",
                        "--set: a.b is not a setting; remove it, or look its name up in docs/configuration.md",
                        file
                                + ":3: listener.idle-timeout=5 is not a duration; did you mean 5s? Other units are ms,"
                                + " m, h, d",
                        file
                                + ":4: bandwidth.server=10M is not a number of bytes; write a whole number and one of"
                                + " B, KB, MB, GB, KiB, MiB, GiB, such as 10MiB",
                        file
                                + ":5: listener.tls=on is not one of the choices; use one of off, explicit, required,"
                                + " implicit",
                        file
                                + ":6: upload.umask=888 is not a file mode mask; use three octal digits, such as 022"
                                + " or 077",
                        file + ":8: transfer.stall-timeout=0 is out of range; use a duration from 1ms to 365d",
                        file
                                + ":9: passive.ports=20-10 is not a range of ports; write FIRST-LAST, such as"
                                + " 50000-50999, or 0 for any port",
                        file + ":11: users.upgrade-hashes=yes is neither yes nor no; use true or false",
                        file + ":13: limits.sessions= is not a number that fits; use a whole number, 1 or more",
                        file + ":12: listener.b.port is missing; give the listener b a port of its own",
                        "FTPD_ACTIVE_LOCAL_PORT: active.local-port=x is not a port; use a number from 0 (any free"
                                + " port) to 65535");
    }

    @Test
    void saysWhatIsWrongWithMetricsAndHealth() throws Exception {
        Files.writeString(file, """
            admin.http=9121
            admin.host-names=http://ftp.example.org
            admin.path-prefix=ftp
            admin.metrics-token-file=missing
            """);
        String remedy = "; write ADDRESS:PORT, such as 127.0.0.1:9121 or [::1]:9121, or nothing for none";
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactlyInAnyOrder(
                        file + ":1: admin.http=9121 is not an address with a port" + remedy,
                        file + ":2: admin.host-names=http://ftp.example.org names http://ftp.example.org, which is no"
                             + " host name; write names such as ftp.example.org, without port and scheme, with commas"
                             + " between them",
                        file + ":3: admin.path-prefix=ftp is not a beginning of paths; write / or a path such as /ftp/",
                        file + ":4: admin.metrics-token-file=missing names " + file.resolveSibling("missing")
                                + ", which doesn't exist; correct the path or the file's mode");
        Files.writeString(file, "admin.http=::1:9121\nadmin.tls=on\n");
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactly(file + ":1: admin.http=::1:9121 is not an address with a port" + remedy);
        Files.writeString(file, "admin.http=localhost:http\nadmin.tls=on\n");
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactly(file + ":1: admin.http=localhost:http has no valid port" + remedy);
        Files.writeString(file, "admin.http=localhost:80\nadmin.tls=on\n");
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactly(file + ":2: admin.tls is on, but there is no certificate; set tls.certificate and"
                        + " tls.private-key, or tls.keystore");
    }

    @Test
    void saysWhatIsWrongWithBans() throws Exception {
        Files.writeString(file, """
            ban.failures=10
            ban.allow=192.0.2.0/24,example.org
            ban.time=2d
            """);
        assertThat(problems(SettingsSources.ofFile(file)))
                .containsExactlyInAnyOrder(
                        file + ":3: ban.time-max is shorter than ban.time; make it as long, or longer",
                        file
                                + ":1: ban.failures=10 is not a number of failures within a time; write COUNT/TIME,"
                                + " such as 10/10m, with a count from 1 to 100, or 0 for no bans",
                        file + ":2: ban.allow=192.0.2.0/24,example.org names example.org, which is no address or"
                                + " range; write addresses such as 192.0.2.7, or ranges such as 192.0.2.0/24 or"
                                + " 2001:db8::/48");
    }

    @Test
    void refusesToAnnounceIpv6WithItsReason() throws Exception {
        assertThat(problemsOf("passive.address=2001:db8::1\n"))
                .containsExactly(
                        file + ":1: passive.address=2001:db8::1 is an IPv6 address, which PASV can't announce; write"
                                + " an IPv4 address or a host name; for IPv6, clients use EPSV, which announces no"
                                + " address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "255.255.255.255"})
    void refusesToAnnounceWhatNoClientCanConnectTo(String address) throws Exception {
        assertThat(problemsOf("passive.address=" + address + "\n"))
                .containsExactly(file + ":1: passive.address=" + address + " is an address that no client can connect"
                        + " to; write the IPv4 address or host name by which clients reach this server");
    }

    @Test
    void reportsProtectedTransfersOfAListenerWithoutTls() throws Exception {
        assertThat(problemsOf("listener.data-tls=required\n"))
                .containsExactly(file
                        + ":1: listener.data-tls asks for protected transfers, but the listener has no TLS; set"
                        + " listener.tls to required, explicit or implicit");
    }

    @Test
    void reportsABalancerWithoutAnAddress() throws Exception {
        assertThat(problemsOf("listener.proxy-protocol=required\n"))
                .containsExactly(file
                        + ":1: listener.proxy-protocol=required believes what balancers say of clients, but"
                        + " listener.proxy-from doesn't say which addresses they have; set listener.proxy-from to the"
                        + " balancers' own addresses, such as 192.0.2.10,192.0.2.11");
        assertThat(problemsOf("listener.lan.port=0\nlistener.lan.proxy-protocol=required\n"))
                .singleElement()
                .asString()
                .contains("listener.lan.proxy-from doesn't say");
    }

    @Test
    void reportsTlsWithoutCertificateAndCertificateWithoutKey() throws Exception {
        assertThat(problemsOf("listener.tls=explicit\n"))
                .containsExactly(file
                        + ":1: listener.tls asks for TLS, but there is no certificate; set tls.certificate and"
                        + " tls.private-key, or tls.keystore");
        Files.writeString(file.resolveSibling("cert.pem"), "");
        assertThat(problemsOf("listener.tls=explicit\ntls.certificate=cert.pem\n"))
                .containsExactly(file
                        + ":2: tls.certificate is set, but tls.private-key isn't; set both, or remove tls.certificate");
        assertThat(problemsOf("tls.keystore-password=secret\n"))
                .containsExactly(file
                        + ":1: tls.keystore-password is set, but tls.keystore isn't; set both, or remove"
                        + " tls.keystore-password");
        assertThat(problemsOf("tls.client-certificates=required\n"))
                .containsExactly(file
                        + ":1: tls.client-certificates is on, but there is no tls.client-authorities; name a PEM file"
                        + " with the authorities that issue your clients' certificates");
    }

    @Test
    void reportsAChecksSettingsThatMeanNothing() throws Exception {
        Files.writeString(file.resolveSibling("ca.pem"), "");
        assertThat(problemsOf("users.check-group=guests\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("users.check-group is set, but users.check isn't"));
        assertThat(problemsOf("users.check=/bin/check\nusers.check-authorities=ca.pem\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("users.check is asked without TLS"));
        assertThat(problemsOf("users.check=bin/check\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("neither the absolute path of a program nor a URL"));
        assertThat(problemsOf("users.check=http://192.0.2.1/\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("over the network in clear"));
    }

    @Test
    void reportsFurtherCertificatesThatLackTheirKeyOrTheFirstOne() throws Exception {
        Files.writeString(file.resolveSibling("cert.pem"), "");
        assertThat(problemsOf("tls.shop.certificate=cert.pem\n"))
                .containsExactly(file
                        + ":1: tls.shop.certificate is set, but tls.shop.private-key isn't; set both, or remove"
                        + " tls.shop.certificate");
        assertThat(problemsOf("tls.shop.certificate=cert.pem\ntls.shop.private-key=cert.pem\n"))
                .containsExactly(file
                        + ":1: tls.shop.certificate is set, but there is no certificate for clients that name no host;"
                        + " set tls.certificate and tls.private-key, or tls.keystore");
        assertThat(problemsOf("tls.shop.certificat=cert.pem\n"))
                .containsExactly(file + ":1: tls.shop.certificat is not a setting; did you mean tls.shop.certificate?");
    }

    @Test
    void reportsTlsProtocolsAndCipherSuitesThatAreNotOffered() throws Exception {
        assertThat(problemsOf("tls.protocols=TLSv1.3,SSLv3\n"))
                .containsExactly(file
                        + ":1: tls.protocols=TLSv1.3,SSLv3 names SSLv3, which is not offered; use one or more of"
                        + " TLSv1.3, TLSv1.2, TLSv1.1, TLSv1, with commas between them");
        assertThat(problemsOf("tls.cipher-suites=AES256-SHA\n"))
                .singleElement()
                .asString()
                .startsWith(file
                        + ":1: tls.cipher-suites=AES256-SHA names AES256-SHA, which is not offered; use one or more"
                        + " of TLS_AES_128_GCM_SHA256, ")
                .contains("TLS_RSA_WITH_AES_256_CBC_SHA");
        assertThat(problemsOf("tls.cipher-suites=,\n")).hasSize(1);
    }

    @Test
    void reportsTlsProtocolsThatNoCipherSuiteFits() throws Exception {
        assertThat(problemsOf("tls.protocols=TLSv1.2,TLSv1\n"))
                .containsExactly(file
                        + ":1: tls.cipher-suites has none that TLSv1 can use, which tls.protocols names; add one to"
                        + " tls.cipher-suites, such as TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, or take TLSv1 out of"
                        + " tls.protocols");
        assertThat(problemsOf("tls.cipher-suites=TLS_RSA_WITH_AES_256_CBC_SHA\n"))
                .containsExactly(file
                        + ":1: tls.cipher-suites has none that TLSv1.3 can use, which tls.protocols names; add one to"
                        + " tls.cipher-suites, such as TLS_AES_128_GCM_SHA256, or take TLSv1.3 out of tls.protocols");
        assertThat(problemsOf("tls.cipher-suites=TLS_AES_128_GCM_SHA256\n")).hasSize(1);
        assertThat(load("tls.protocols=TLSv1.3\ntls.cipher-suites=TLS_AES_128_GCM_SHA256\n")
                        .settings()
                        .tls()
                        .offer()
                        .effectiveSuites())
                .containsExactly("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void reportsMissingFilesAndSharedPorts() throws Exception {
        Path missing = file.resolveSibling("none.p12");
        assertThat(problemsOf("tls.keystore=none.p12\n"))
                .containsExactly(file + ":1: tls.keystore=none.p12 names " + missing
                        + ", which doesn't exist; correct the path or the file's mode");
        assertThat(problemsOf("listener.a.port=2121\n"))
                .containsExactly(file
                        + ":1: the listeners default and a have the same address and port 2121; give one of"
                        + " them another port");
        assertThat(problemsOf("listener.default.port=21\n"))
                .containsExactly(
                        file + ":1: the listener name default is taken; set listener.port, or use another name");
    }

    @Test
    void reportsAddressesThatOverlap() throws Exception {
        assertThat(problemsOf("listener.a.port=2121\nlistener.a.address=127.0.0.1\n"))
                .containsExactly(file
                        + ":1: the listeners default and a have the same address and port 2121, since 0.0.0.0 and"
                        + " 127.0.0.1 overlap; give one of them another port");
        assertThat(problemsOf("listener.address=::\nlistener.a.port=2121\nlistener.a.address=127.0.0.1\n"))
                .hasSize(1);
        assertThat(problemsOf("listener.a.port=2121\nlistener.a.address=::1\n")).hasSize(1);
        load("listener.address=127.0.0.1\nlistener.a.port=2121\nlistener.a.address=127.0.0.2\n");
    }

    @Test
    void takesNoBrokenAddressForAHostName() throws Exception {
        assertThat(problemsOf("listener.address=300.1.1.1\npassive.address=1.2.3\n"))
                .satisfiesExactly(
                        it -> assertThat(it).contains("listener.address=300.1.1.1 is not an address"),
                        it -> assertThat(it).contains("passive.address=1.2.3 is not an address"));
    }

    /** Java's properties know comments at the beginning of a line only. */
    @Test
    void saysWhereACommentMayStand() throws Exception {
        assertThat(problemsOf("limits.sessions=100 # hundred\nlistener.idle-timeout=5m ! long\n"))
                .containsExactlyInAnyOrder(
                        file
                                + ":1: limits.sessions=100 # hundred is not a number that fits; a comment needs a line"
                                + " of its own: leave only 100",
                        file
                                + ":2: listener.idle-timeout=5m ! long is not a duration; a comment needs a line of"
                                + " its own: leave only 5m");
    }

    @Test
    void saysHowABackslashIsWritten() throws Exception {
        assertThat(problemsOf("tls.keystore=C:\\certs\\new.p12\n"))
                .containsExactly(file + ":1: tls.keystore=C:certs?ew.p12 names " + root
                        + "/config/C:certs?ew.p12, which doesn't exist; a backslash in this file is written"
                        + " twice (\\\\)");
        assertThat(problemsOf("tls.keystore=C\\:\\\\certs\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).endsWith("correct the path or the file's mode"));
    }

    @Test
    void knowsWhereTheAccountsAreOnlyIfThatIsSaid() throws Exception {
        Files.writeString(file, "users.file=u.properties\nlistener.prot=1\n");
        assertThat(SettingsLoader.usersFile(SettingsSources.ofFile(file)))
                .contains(file.resolveSibling("u.properties"));
        Files.writeString(file, "users.file=\n");
        assertThat(SettingsLoader.usersFile(SettingsSources.ofFile(file))).isEmpty();
        assertThat(SettingsLoader.usersFile(SettingsSources.ofFile(file.resolveSibling("none"))))
                .isEmpty();
    }

    @Test
    void suggestsOnlyNamesThatAreNear() {
        List<String> names = List.of("serve", "check", "user", "help");
        assertThat(NearestName.to("chek", names)).contains("check");
        assertThat(NearestName.to("sevre", names)).contains("serve");
        assertThat(NearestName.to("status", names)).isEmpty();
        assertThat(NearestName.to("x", List.of("y"))).isEmpty();
    }

    @Test
    void neverPrintsAPassword() throws Exception {
        List<String> problems = problemsOf("tls.keystore-password=hunter2\ntls.keystore-pasword=hunter2\n");
        assertThat(problems).hasSize(2).noneMatch(problem -> problem.contains("hunter2"));
    }

    private LoadedSettings load(String text) throws IOException, ConfigException {
        Files.writeString(file, text);
        return load(Map.of(), List.of());
    }

    private LoadedSettings load(Map<String, String> environment, List<String> assignments) throws ConfigException {
        return SettingsLoader.load(new SettingsSources(Optional.empty(), file, environment, assignments, root));
    }

    private List<String> problemsOf(String text) throws IOException {
        Files.writeString(file, text);
        return problems(SettingsSources.ofFile(file));
    }

    private static List<String> problems(SettingsSources sources) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> SettingsLoader.load(sources));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}
