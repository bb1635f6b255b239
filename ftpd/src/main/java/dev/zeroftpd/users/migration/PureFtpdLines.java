package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what pure-pw writes: {@code name:hash:uid:gid:gecos:home:upload:download:ratio:ratio:sessions:files:bytes:} and then the
 * allowed and refused addresses of server and client, and the hours. Rates are bytes a second. Stateless; any thread.
 */
final class PureFtpdLines {

    private static final int HOME = 5;
    private static final int UPLOAD_RATE = 6;
    private static final int DOWNLOAD_RATE = 7;
    private static final int UPLOAD_RATIO = 8;
    private static final int DOWNLOAD_RATIO = 9;
    private static final int SESSIONS = 10;
    private static final int FILES = 11;
    private static final int BYTES = 12;
    private static final int HOURS = 17;
    private static final int FIELDS = 18;

    /** What the fields from the first of the addresses on keep out. */
    private static final List<String> ADDRESSES = List.of(
            "is for the server's addresses ",
            "isn't for the server's addresses ",
            "is for clients from ",
            "isn't for clients from ");

    private PureFtpdLines() {}

    static List<ForeignAccount> read(Path file) throws ConfigException {
        List<ForeignAccount> accounts = new ArrayList<>();
        int number = 0;
        for (String line : ForeignLines.read(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                accounts.add(account("line " + number, ForeignLines.fields(line)));
            }
        }
        return accounts;
    }

    private static ForeignAccount account(String where, List<String> fields) {
        ForeignAccount account = new ForeignAccount(where, fields.getFirst());
        if (fields.size() != FIELDS) {
            account.refuse("the line has " + fields.size() + " fields instead of " + FIELDS);
            return account;
        }
        account.hash(fields.get(1));
        // The mark at the end keeps the account in its home, as every account is here.
        account.home(fields.get(HOME).replaceFirst("/\\./?$", ""));
        account.limit("uploadrate", fields.get(UPLOAD_RATE));
        account.limit("downloadrate", fields.get(DOWNLOAD_RATE));
        account.limit("maxloginnumber", fields.get(SESSIONS));
        if (isSet(fields.get(UPLOAD_RATIO)) || isSet(fields.get(DOWNLOAD_RATIO))) {
            account.loses("its ratio of uploads to downloads");
        }
        if (isSet(fields.get(FILES))) {
            account.loses("its quota of " + fields.get(FILES) + " files");
        }
        if (isSet(fields.get(BYTES))) {
            account.loses("its quota of " + fields.get(BYTES) + " bytes");
        }
        for (int i = 0; i < ADDRESSES.size(); i++) {
            String addresses = fields.get(BYTES + 1 + i);
            if (!addresses.isEmpty()) {
                account.wasRestricted(ADDRESSES.get(i) + addresses);
            }
        }
        if (!fields.get(HOURS).isEmpty()) {
            account.wasRestricted("is for the hours " + fields.get(HOURS));
        }
        return account;
    }

    private static boolean isSet(String limit) {
        return !limit.isEmpty() && !limit.matches("0+");
    }
}
