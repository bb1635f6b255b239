package dev.zeroftpd.it.support;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One account of users.properties. Immutable.
 *
 * @param home as the file has it: a path (relative to the file) or a URI
 * @param uploadRate bytes a second, 0 for no limit; so is {@code downloadRate}
 * @param logins most at once, 0 for no limit; so is {@code loginsPerAddress}
 * @param role user or admin
 */
public record Account(
        String name,
        String password,
        String home,
        boolean mayWrite,
        long uploadRate,
        long downloadRate,
        int logins,
        int loginsPerAddress,
        boolean enabled,
        String role) {

    /** The account that most tests use: may read and write {@code home} below the server's folder. */
    public static final Account ALICE = new Account("alice", "wonderland", "home", true, 0, 0, 0, 0);

    /** One that may log in and is no administrator. */
    public Account(
            String name,
            String password,
            String home,
            boolean mayWrite,
            long uploadRate,
            long downloadRate,
            int logins,
            int loginsPerAddress) {
        this(name, password, home, mayWrite, uploadRate, downloadRate, logins, loginsPerAddress, true, "user");
    }

    public Account named(String newName) {
        return new Account(
                newName, password, home, mayWrite, uploadRate, downloadRate, logins, loginsPerAddress, enabled, role);
    }

    public Account atHome(String newHome) {
        return new Account(
                name, password, newHome, mayWrite, uploadRate, downloadRate, logins, loginsPerAddress, enabled, role);
    }

    public Account withDownloadRate(long bytesPerSecond) {
        return new Account(
                name, password, home, mayWrite, uploadRate, bytesPerSecond, logins, loginsPerAddress, enabled, role);
    }

    Account withUploadRate(long bytesPerSecond) {
        return new Account(
                name, password, home, mayWrite, bytesPerSecond, downloadRate, logins, loginsPerAddress, enabled, role);
    }

    public Account readOnly() {
        return new Account(
                name, password, home, false, uploadRate, downloadRate, logins, loginsPerAddress, enabled, role);
    }

    /** What SITE WHO and its like ask for. */
    public Account asAdministrator() {
        return new Account(
                name, password, home, mayWrite, uploadRate, downloadRate, logins, loginsPerAddress, enabled, "admin");
    }

    public Account withLogins(int most) {
        return new Account(
                name, password, home, mayWrite, uploadRate, downloadRate, most, loginsPerAddress, enabled, role);
    }

    public Account withLoginsPerAddress(int most) {
        return new Account(name, password, home, mayWrite, uploadRate, downloadRate, logins, most, enabled, role);
    }

    public Account disabled() {
        return new Account(
                name, password, home, mayWrite, uploadRate, downloadRate, logins, loginsPerAddress, false, role);
    }

    /** The account as Apache FtpServer's keys. */
    Map<String, String> properties() {
        String prefix = "ftpserver.user." + name + ".";
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(prefix + "userpassword", password);
        properties.put(prefix + "homedirectory", home);
        properties.put(prefix + "enableflag", Boolean.toString(enabled));
        properties.put(prefix + "writepermission", Boolean.toString(mayWrite));
        properties.put(prefix + "maxloginnumber", Integer.toString(logins));
        properties.put(prefix + "maxloginperip", Integer.toString(loginsPerAddress));
        if (!role.equals("user")) {
            properties.put(prefix + "role", role);
        }
        properties.put(prefix + "idletime", "0");
        properties.put(prefix + "uploadrate", Long.toString(uploadRate));
        properties.put(prefix + "downloadrate", Long.toString(downloadRate));
        return properties;
    }
}
