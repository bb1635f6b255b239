package dev.zeroftpd.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.Md5PasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginRequest;
import org.apache.ftpserver.usermanager.impl.TransferRateRequest;
import org.apache.ftpserver.usermanager.impl.WriteRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache FtpServer's own user manager and ours read the same files. */
class StockFileTest {

    private static final String MD5_OF_SECRET = "5EBE2294ECD0E0F08EAB7690D2A6EE69";

    private static final String STOCK = """
        ftpserver.user.ada.userpassword=%1$s
        ftpserver.user.ada.homedirectory=%2$s
        ftpserver.user.ada.enableflag=true
        ftpserver.user.ada.writepermission=true
        ftpserver.user.ada.maxloginnumber=3
        ftpserver.user.ada.maxloginperip=2
        ftpserver.user.ada.idletime=60
        ftpserver.user.ada.uploadrate=1000
        ftpserver.user.ada.downloadrate=2000
        ftpserver.user.joe.userpassword=%1$s
        ftpserver.user.joe.homedirectory=%2$s
        ftpserver.user.joe.enableflag=false
        ftpserver.user.joe.writepermission=false
        """;

    private static final String OURS = """
        ftpserver.group.staff.permissions=list,upload
        ftpserver.group.staff.permissions./in=drop
        ftpserver.group.staff.allow-from=192.0.2.0/24
        ftpserver.group.staff.homedirectory=%2$s
        ftpserver.user.ada.groups=staff
        ftpserver.user.ada.permissions./deep=all
        ftpserver.user.ada.expires=2027-01-31
        ftpserver.user.ada.tls=required
        ftpserver.user.ada.role=admin:staff
        ftpserver.group.staff.certificate=CN=${user},O=Staff
        ftpserver.group.staff.folder./shared=/srv/shared,read-only
        ftpserver.group.staff.quota-files=1000
        ftpserver.group.staff.retention=30d
        ftpserver.user.ada.quota-bytes=10GiB
        ftpserver.user.ada.quota-warn=90%%
        ftpserver.user.ada.upload-size-max=1GiB
        ftpserver.user.ada.uploadrate-total=2000
        ftpserver.user.ada.downloadrate-total=4000
        """;

    @TempDir
    private Path folder;

    @Test
    void aStockFileReadByUsMeansWhatItMeant() throws Exception {
        Path file = write(STOCK);
        UserManager stock = stock(file);
        Accounts ours = Accounts.read(file);

        for (String name : stock.getAllUserNames()) {
            User theirs = stock.getUserByName(name);
            Account account = ours.find(name).orElseThrow();
            assertThat(account.getHomeDirectory()).isEqualTo(theirs.getHomeDirectory());
            assertThat(account.getEnabled()).isEqualTo(theirs.getEnabled());
            assertThat(account.getMaxIdleTime()).isEqualTo(theirs.getMaxIdleTime());
            for (String path : new String[] {"/", "/a", "/a/b"}) {
                assertThat(account.authorize(new WriteRequest(path)) != null)
                        .as("%s may write at %s", name, path)
                        .isEqualTo(theirs.authorize(new WriteRequest(path)) != null);
            }
            for (int logins = 1; logins < 5; logins++) {
                assertThat(account.authorize(new ConcurrentLoginRequest(logins, 1)) != null)
                        .isEqualTo(theirs.authorize(new ConcurrentLoginRequest(logins, 1)) != null);
                assertThat(account.authorize(new ConcurrentLoginRequest(1, logins)) != null)
                        .isEqualTo(theirs.authorize(new ConcurrentLoginRequest(1, logins)) != null);
            }
            assertThat(rates(account)).isEqualTo(rates(theirs));
        }
        assertThat(stock.getAllUserNames()).containsExactlyInAnyOrder("ada", "joe");
    }

    @Test
    void ourFileReadByStockStillLoads() throws Exception {
        Path file = write(STOCK + OURS);
        UserManager stock = stock(file);

        // it takes every key that ends like that of a home for one of an account, but then finds no such account
        assertThat(stock.getAllUserNames()).contains("ada", "joe");
        assertThat(stock.doesExist(".staff")).isFalse();
        assertThat(stock.authenticate(new UsernamePasswordAuthentication("ada", "secret"))
                        .getName())
                .isEqualTo("ada");
        assertThat(Accounts.read(file).find("ada").orElseThrow().rights())
                .hasToString("list,upload /deep=all /in=drop");
    }

    private Path write(String text) throws Exception {
        Path file = folder.resolve("users.properties");
        Files.writeString(file, text.formatted(MD5_OF_SECRET, folder));
        return file;
    }

    private static UserManager stock(Path file) {
        PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
        factory.setFile(file.toFile());
        factory.setPasswordEncryptor(new Md5PasswordEncryptor());
        return factory.createUserManager();
    }

    private static String rates(User user) {
        return user.authorize(new TransferRateRequest()) instanceof TransferRateRequest rates
                ? rates.getMaxUploadRate() + " " + rates.getMaxDownloadRate()
                : "none";
    }
}
