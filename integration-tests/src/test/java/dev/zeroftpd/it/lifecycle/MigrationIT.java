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
                .contains("line 2: ann: not carried over: its quota of 1000 files\n")
                .contains("line 2: ann: not carried over: its quota of 10485760 bytes\n")
                .contains("line 3: bob: taken, but disabled: it is for clients from 192.0.2.0/24; it is for the hours"
                        + " 900-1800, which can't be carried over; 'ftpd user enable bob' lets it in without that\n")
                .contains("Added 3 accounts to " + accounts() + "; 0 not taken\n");
        assertThat(user("show", "ann").expectExit(0).output())
                .containsPattern("userpassword +Argon2 hash +line \\d+\n")
                .containsPattern("homedirectory +" + folder + "/homes/ann +line \\d+\n")
                .containsPattern("writepermission +true +line \\d+\n")
                .containsPattern("maxloginnumber +3 +line \\d+\n")
                .containsPattern("uploadrate +51200 +line \\d+\n")
                .containsPattern("downloadrate +102400 +line \\d+\n")
                .containsPattern("idletime +0 +default\n");
        assertThat(Files.readString(accounts())).contains("# my comment\n");
        assertLogIn("ann", "eve");
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
        assertThat(user("show", "of-md5").output()).containsPattern("writepermission +false +line \\d+\n");
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
            """.formatted(home));
        String shadow = write("shadow", """
            root:*:19000:0:99999:7:::
            ann:%1$s:19000:0:99999:7:::
            bob:!:19000:0:99999:7:::
            old:%1$s:19000:0:99999:7::20000:
            """.formatted(HASH));

        assertThat(user("import", "--from", "passwd", passwd, "--shadow", shadow)
                        .expectExit(1)
                        .output())
                .contains("line 4: bob: not taken: it has no password\n")
                .contains("line 5: old: taken, but disabled: it expires on 2024-10-04, which")
                .contains("line 7: broken: not taken: the line has 3 fields instead of 7\n")
                .contains("Added 2 accounts to ")
                .doesNotContain("root", "www-data", "nobody");
        assertLogIn("ann");
        assertThat(user("import", "--from", "passwd", passwd).expectExit(1).output())
                .contains("line 3: ann: not taken: its hash is in the shadow file: name that with --shadow\n");
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
              "filters":{"allowed_ip":["192.0.2.0/24"]}},
             {"username":"pbkdf2","status":1,"password":"$pbkdf2-sha256$150000$E86a9YMX3zC7$R5J62hsSq+pYw00hLLPKBb",
              "home_dir":"%2$s","permissions":{"/":["*"]}},
             {"username":"sftp","status":1,"password":"%1$s","home_dir":"%2$s","permissions":{"/":["*"]},
              "filters":{"denied_protocols":["FTP"]}}
            ],"folders":[],"version":16}
            """.formatted(HASH, home));

        assertThat(user("import", "--from", "SFTPGo", dump).expectExit(1).output())
                .contains("user 1: ann: not carried over: its quota of 1000 bytes\n")
                .contains("user 1: ann: not carried over: its virtual folders\n")
                .contains("user 2: reader: not carried over: its permissions download, list, upload (there is all or"
                        + " reading here, and it gets reading)\n")
                .contains("user 3: drop: not taken: it may not list and download, which accounts here always may\n")
                .contains("user 4: s3: not taken: its files are not in a directory")
                .contains("user 5: office: taken, but disabled: it is for clients from 192.0.2.0/24, which")
                .contains("user 6: pbkdf2: not taken: the password is a hash of a scheme that this server doesn't know")
                .contains("user 7: sftp: not taken: it may not use FTP\n");
        assertThat(user("show", "ann").output())
                .containsPattern("writepermission +true ")
                .containsPattern("uploadrate +131072 ");
        assertThat(user("show", "reader").output()).containsPattern("writepermission +false ");
        assertLogIn("ann", "reader");
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
                .containsPattern("idletime +5 +line \\d+\n")
                .containsPattern("uploadrate +1MiB +line \\d+\n");
        user("set", name, "idletime=").expectExit(0);
        assertThat(user("show", name).output()).containsPattern("idletime +0 +default\n");
        assertThat(Files.readString(accounts())).contains("# my comment\n");
    }
}
