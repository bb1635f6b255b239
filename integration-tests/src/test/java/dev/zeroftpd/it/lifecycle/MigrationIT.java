package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftpd user import}, with files that pure-pw and ftpasswd have made, and {@code user show} and {@code set}. */
class MigrationIT {

    /** Of all accounts in the files. */
    private static final String PASSWORD = "looking-glass";

    /** Of that password, by crypt(3). */
    private static final String HASH =
            "$6$saltsalt$5dvy4c.UvmH9mtP9pOH3k2VBfltlhnW8W7qypV3KoKKwo9rdaW.mqpm68vw/ZULqWVC9ZXt" + "NS//zfLm7TRGCU.";

    /** Its SHA-256 digest. */
    private static final String DIGEST = "016ddda64b69637736694b0cb950dc9800a2cb2c7bc78408200321715a3aaff7";

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
        Files.writeString(accounts(), Files.readString(accounts()) + "# my comment\n");
    }

    private Path accounts() {
        return folder.resolve("users.properties");
    }

    private Command user(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Checkout.LAUNCHER.toString(), "user"));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("ftpd.properties").toString()));
        return Command.run(folder, Map.of(), "", command);
    }

    /** A file that the real tool has made, with homes below the test's folder. */
    private String made(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return write(name, text.replace("/srv/ftp", folder + "/homes"));
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private void assertLogIn(String... names) throws IOException {
        try (ServerProcess server = ServerProcess.startConfigured(folder, ServerOptions.standard())) {
            for (String name : names) {
                try (ControlClient client = ControlClient.connect(server.address())) {
                    client.expect(331, "USER " + name);
                    client.expect(230, "PASS " + PASSWORD);
                }
            }
        }
    }

    @Test
    void pureFtpdsAccountsComeWithTheirLimitsAndRestrictedOnesDisabled() throws IOException {
        Command taken = user("import", "--from", "pureftpd", made("pureftpd.passwd"), "--create-home", "--write");

        assertThat(taken.expectExit(0).output())
                .doesNotContain("line 2: ann")
                .contains("line 3: bob: taken, but disabled: it is for the hours 900-1800, which can't be carried over;"
                        + " 'ftpd user enable bob' lets it in without that\n")
                .contains("line 3: bob: not carried over: the way out of its home (pure-pw's -D)\n")
                .contains("Added 3 accounts to " + accounts() + "; 0 not taken\n");
        assertThat(user("show", "ann").expectExit(0).output())
                .containsPattern("userpassword +Argon2 hash +user, line \\d+\n")
                .containsPattern("homedirectory +" + folder + "/homes/ann +user, line \\d+\n")
                .containsPattern("writepermission +true +user, line \\d+\n")
                .containsPattern("maxloginnumber +3 +user, line \\d+\n")
                .containsPattern("uploadrate +51200 +user, line \\d+\n")
                .containsPattern("downloadrate +102400 +user, line \\d+\n")
                .containsPattern("quota-files +1000 +user, line \\d+\n")
                .containsPattern("quota-bytes +10485760 +user, line \\d+\n")
                .containsPattern("idletime +0 +default\n");
        assertThat(user("show", "bob").output()).containsPattern("allow-from +192\\.0\\.2\\.0/24 +user, line \\d+\n");
        assertThat(Files.readString(accounts())).contains("# my comment\n");
        assertLogIn("ann", "eve");
    }

    /** Pure-FTPd reads such lines, which people write: pure-pw writes them whole. */
    @Test
    void pureFtpdsShortLinesHaveNoLimitsAndRootsNumbersLetNoneIn() throws IOException {
        String file = write("pureftpd.passwd", """
            # old
            short:%1$s:1001:1001::%2$s/homes/short
            half:%1$s:1001:1001::%2$s/homes/half/./:1024:
            cut:%1$s:1001:1001:
            root:%1$s:0:0::%2$s/homes/root/./::::::::::::
            """.formatted(HASH, folder));

        assertThat(user("import", "--from", "pureftpd", file, "--create-home")
                        .expectExit(1)
                        .output())
                .contains("line 4: cut: not taken: the line has 5 fields instead of 18\n")
                .contains("line 5: root: taken, but disabled: it has root's numbers, with which Pure-FTPd lets no"
                        + " account in, which")
                .contains("Added 3 accounts to ");
        assertThat(user("show", "half").output()).containsPattern("uploadrate +1024 +user, line \\d+\n");
        assertLogIn("short", "half");
    }

    @Test
    void proftpdsHashesStayAndDesIsRefusedWithItsLine() throws IOException {
        String file = made("proftpd.passwd");
        String before = Files.readString(accounts());
        assertThat(user("import", "--from", "proftpd", file, "--create-home", "--dry-run")
                        .expectExit(1)
                        .output())
                .contains("Would add 4 accounts to " + accounts() + "; 1 not taken\n");
        assertThat(Files.readString(accounts())).isEqualTo(before);
        assertThat(folder.resolve("homes")).doesNotExist();

        assertThat(user("import", "--from", "proftpd", file, "--create-home")
                        .expectExit(1)
                        .output())
                .contains(
                        "line 4: of-des: not taken: its password is a DES hash, which any machine can guess; give it a"
                                + " new one: ftpd user add 'of-des' --home '" + folder + "/homes/of-des'\n")
                .contains("line 5: locked: taken; it was disabled and stays so\n");
        assertThat(user("show", "of-md5").output()).containsPattern("writepermission +false +user, line \\d+\n");
        assertLogIn("of-md5", "of-sha256", "of-sha512");
        assertThat(user("import", "--from", "proftpd", file).expectExit(1).output())
                .contains("line 1: of-md5: not taken: there is an account of-md5 already\n");
    }

    @Test
    void vsftpdsPairsGetHashesAndAHomeEach() throws IOException {
        String pairs = write("logins.txt", "ann\nlooking-glass\nbob\nlooking-glass\n../eve\nx\n");
        String list = write("user_list", "# who may\nann\n../eve\n");

        assertThat(user("import", "--from", "vsftpd", pairs, "--only", list, "--home", "homes/{user}", "--create-home")
                        .expectExit(1)
                        .output())
                .contains("line 5: ../eve: not taken: it has no home;")
                .contains("Added 1 account to ");
        assertThat(Files.readString(accounts())).contains("$argon2id$").doesNotContain("looking-glass");
        assertLogIn("ann");
        String escaped = write("escaped.txt", "d\\61n\nlooking\\2dglass\nb\\\\s\nx\\\\y\n");
        assertThat(user("import", "--from", "vsftpd", escaped, "--home", "homes/ann")
                        .expectExit(0)
                        .output())
                .contains("Added 2 accounts to ");
        assertLogIn("dan");
        assertThat(user("show", "b\\s").expectExit(0).output()).contains("homedirectory");
        assertThat(user("import", "--from", "vsftpd", write("odd", "ann\n"))
                        .expectExit(2)
                        .errors())
                .contains("odd number of lines (1); names and passwords take turns");
    }

    @Test
    void ofASystemOnlyPeopleComeWithTheHashesOfItsShadowFile() throws IOException {
        Path home = Files.createDirectory(folder.resolve("ann"));
        String passwd = write("passwd", """
            root:x:0:0:root:/root:/bin/bash
            www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
            ann:x:1000:1000:Ann,,,:%1$s:/bin/bash
            bob:x:1001:1001::%1$s:/bin/bash
            old:x:1002:1002::%1$s/./sub:/bin/bash
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            broken:x:1003
            mail:x:1004:1004::%1$s:/usr/sbin/nologin
            """.formatted(home));
        String shadow = write("shadow", """
            root:*:19000:0:99999:7:::
            ann:%1$s:19000:0:99999:7:::
            bob:!:19000:0:99999:7:::
            old:%1$s:19000:0:99999:7::20000:
            mail:%1$s:19000:0:99999:7:::
            """.formatted(HASH));

        assertThat(user("import", "--from", "passwd", passwd, "--shadow", shadow)
                        .expectExit(1)
                        .output())
                .contains("line 4: bob: not taken: it has no password\n")
                .contains("line 7: broken: not taken: the line has 3 fields instead of 7\n")
                .contains(
                        "line 8: mail: taken, but disabled: it has the shell /usr/sbin/nologin, with which FTP servers"
                                + " let no one in by default, which")
                .contains("Added 3 accounts to ")
                .doesNotContain("root", "www-data", "nobody");
        assertThat(user("show", "old").output()).containsPattern("expires +2024-10-03 +user, line \\d+\n");
        assertLogIn("ann");
        assertThat(user("import", "--from", "passwd", passwd).expectExit(1).output())
                .contains("line 3: ann: not taken: its hash is in the shadow file: name that with --shadow\n");
        write("shells", "# valid\n/usr/sbin/nologin\n");
        write("users.properties", "");
        assertThat(user("import", "--from", "passwd", passwd, "--shadow", shadow)
                        .expectExit(1)
                        .output())
                .contains("line 3: ann: taken, but disabled: it has the shell /bin/bash")
                .doesNotContain("mail");
    }

    @Test
    void sftpgosUsersGetNoMoreRightsThanTheyHad() throws IOException {
        Path home = Files.createDirectory(folder.resolve("files"));
        String dump = write("dump.json", """
            {"users":[
             {"username":"ann","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "max_sessions":2,"upload_bandwidth":128,"quota_size":1000,"virtual_folders":[{"name":"a"}],
              "filesystem":{"provider":0},"filters":{"max_upload_file_size":5}},
             {"username":"reader","status":1,"password":"%1$s","home_dir":"%2$s",
              "permissions":{"/":["list","download","upload"]}},
             {"username":"drop","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["upload"]}},
             {"username":"s3","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "filesystem":{"provider":1}},
             {"username":"office","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "expiration_date":2000000000000,
              "filters":{"allowed_ip":["192.0.2.0/24"],"ftp_security":1}},
             {"username":"pbkdf2","status":1,"password":"$pbkdf2-sha256$150000$E86a9YMX3zC7$R5J62hsSq+pYw00hLLPKBb",
              "home_dir":"%2$s","permissions":{"/":["*"]}},
             {"username":"sftp","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "filters":{"denied_protocols":["FTP"]}},
             {"username":"parts","status":1,"password":"{SHA256}%3$s","home_dir":"%2$s","permissions":{"/":["list",
              "download","upload","overwrite","delete_files","delete_dirs","rename_files","rename_dirs","create_dirs"],
              "/same":["list","download","upload","overwrite","delete","rename","create_dirs"]},
              "total_data_transfer":9,"filters":{"denied_login_methods":["publickey","password-over-SSH"],
              "start_directory":"/in","bandwidth_limits":[{"sources":["192.0.2.0/24"],"upload_bandwidth":1}]}},
             {"username":"codes","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "filters":{"totp_config":{"enabled":true,"protocols":["SSH","FTP"]},"password_expiration":90}},
             {"username":"keys","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"],"/a":["list"]},
              "filters":{"denied_login_methods":["password"],"require_password_change":true}},
             {"username":"factor","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "filters":{"two_factor_protocols":["SSH","FTP"]}},
             {"username":"odd","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["list","download",
              "rename_files","chmod"],"/*/in":["*"]}}
            ],"folders":[],"version":16}
            """.formatted(HASH, home, DIGEST));

        assertThat(user("import", "--from", "SFTPGo", dump).expectExit(1).output())
                .contains("user 1: ann: not carried over: its virtual folders\n")
                .contains("user 4: s3: not taken: its files are not in a directory")
                .contains("user 5: office: not carried over: TLS for its data connections, too (listener.data-tls=")
                .doesNotContain("reader", "drop", "office: taken")
                .contains("user 6: pbkdf2: not taken: the password is a hash of a scheme that this server doesn't know")
                .contains("user 7: sftp: not taken: it may not use FTP\n")
                .contains("user 8: parts: not carried over: its total data transfer of 9 MB\n")
                .contains("user 8: parts: not carried over: its rates by address\n")
                .contains("user 8: parts: not carried over: the directory /in that it begins in\n")
                .contains("user 9: codes: taken, but disabled: it needs a second factor; it must change its password"
                        + " every 90 days, which")
                .contains("user 10: keys: taken, but disabled: it may not log in by password; it must change its"
                        + " password, which")
                .contains("user 11: factor: taken, but disabled: it needs a second factor, which")
                .contains("user 12: odd: taken, but disabled: it has permissions of their own for /*/in, which")
                .contains("user 12: odd: not carried over: its permission for / to chmod, rename_files\n");
        assertThat(user("show", "parts").output())
                .containsPattern("permissions +list,download,upload,overwrite,append,delete,rename,mkdir,rmdir +user")
                .containsPattern(
                        "permissions\\./same +list,download,upload,overwrite,append,delete,rename,mkdir,rmdir ");
        assertThat(user("show", "drop").output()).containsPattern("permissions +drop +user");
        assertThat(user("show", "keys").output()).containsPattern("permissions\\./a +list +user");
        assertThat(user("show", "office").output())
                .containsPattern("allow-from +192\\.0\\.2\\.0/24 ")
                .containsPattern("tls +required ")
                .containsPattern("expires +2033-05-18T03:33:20Z ");
        assertThat(user("show", "ann").output())
                .containsPattern("writepermission +true ")
                .containsPattern("quota-bytes +1000 ")
                .containsPattern("upload-size-max +5 ")
                .containsPattern("uploadrate +131072 ");
        assertThat(user("show", "reader").output()).containsPattern("permissions +list,download,upload +user");
        assertLogIn("ann", "reader", "parts");
    }

    @Test
    void setChangesAllOrNothingAndKeepsComments() throws IOException {
        String name = Account.ALICE.name();
        String before = Files.readString(accounts());
        assertThat(user("set", name, "idletime=5", "uploadrate=fast")
                        .expectExit(2)
                        .errors())
                .contains("uploadrate=fast is not a number of bytes a second");
        assertThat(user("set", name, "idltime=5").expectExit(2).errors()).contains("did you mean", "idletime?");
        assertThat(user("set", name, "userpassword=x").expectExit(2).errors())
                .contains("change it with: ftpd user passwd " + name);
        assertThat(user("set", "nobody", "idletime=5").expectExit(2).errors()).contains("there is no account nobody");
        assertThat(Files.readString(accounts())).isEqualTo(before);

        user("set", name, "idletime=5", "uploadrate=1MiB").expectExit(0);
        assertThat(user("show", name).output())
                .containsPattern("idletime +5 +user, line \\d+\n")
                .containsPattern("uploadrate +1MiB +user, line \\d+\n");
        user("set", name, "idletime=").expectExit(0);
        assertThat(user("show", name).output()).containsPattern("idletime +0 +default\n");
        assertThat(Files.readString(accounts())).contains("# my comment\n");
    }
}
