package dev.zeroftpd.users;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.PropertiesFile;
import dev.zeroftpd.users.password.StoredPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** users.properties: read, or refused with its mistakes; a password is verified or not, but never an accident. */
public final class AccountsFuzzer {

    private static final List<String> ATTRIBUTES = List.of(
            "userpassword",
            "homedirectory",
            "enableflag",
            "writepermission",
            "maxloginnumber",
            "maxloginperip",
            "idletime",
            "uploadrate",
            "downloadrate",
            "uploadrate-total",
            "downloadrate-total",
            "groups",
            "permissions",
            "permissions./incoming",
            "folder./x",
            "quota-bytes",
            "quota-files",
            "quota-warn",
            "upload-size-max",
            "retention",
            "certificate",
            "allow-from",
            "expires",
            "tls",
            "role");

    /** Of whom a line is. */
    private static final List<String> OWNERS = List.of("ftpserver.user.ann.", "ftpserver.group.staff.");

    private static final Path FILE = file();

    private AccountsFuzzer() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzzed", ".properties");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        StringBuilder text = new StringBuilder(data.consumeBoolean() ? "ftpserver.user.ann.groups=staff\n" : "");
        while (data.remainingBytes() > 0) {
            if (data.consumeBoolean()) {
                text.append(data.pickValue(OWNERS))
                        .append(data.pickValue(ATTRIBUTES))
                        .append('=');
            }
            text.append(data.consumeString(60)).append('\n');
        }
        Files.writeString(FILE, text);
        try {
            Accounts accounts = AccountsParser.parse(PropertiesFile.read(FILE));
            accounts.all().forEach(account -> verify(account.storedPassword()));
        } catch (ConfigException refused) {
            if (refused.problems().isEmpty()) {
                throw new IllegalStateException("refused without a reason");
            }
        }
    }

    /** Strong hashes may be as dear as their file wants; what they cost is not what this looks for. */
    private static void verify(StoredPassword password) {
        if (!password.slow()) {
            password.matches("secret");
        }
    }
}
