package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.reader.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads what pure-pw writes: {@code name:hash:uid:gid:gecos:home:upload:download:ratio:ratio:sessions:files:bytes:} and then the
 * allowed and refused addresses of server and client, and the hours. Rates are bytes a second. A line may end behind the home: what
 * isn't there isn't limited. Stateless; any thread.
 */
final class PureFtpdLines {

    private static final int USER_ID = 2;
    private static final int GROUP_ID = 3;
    private static final int HOME = 5;
    private static final int UPLOAD_RATE = 6;
    private static final int DOWNLOAD_RATE = 7;
    private static final int UPLOAD_RATIO = 8;
    private static final int DOWNLOAD_RATIO = 9;
    private static final int SESSIONS = 10;
    private static final int FILES = 11;
    private static final int BYTES = 12;
    private static final int OWN_ADDRESSES = 13;
    private static final int NOT_OWN_ADDRESSES = 14;
    private static final int CLIENTS = 15;
    private static final int NOT_CLIENTS = 16;
    private static final int HOURS = 17;
    private static final int FIELDS = 18;

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

    private static ForeignAccount account(String where, List<String> written) {
        ForeignAccount account = new ForeignAccount(where, written.getFirst());
        if (written.size() <= HOME || written.size() > FIELDS) {
            account.refuse("the line has " + written.size() + " fields instead of " + FIELDS);
            return account;
        }
        List<String> fields = new ArrayList<>(written);
        fields.addAll(Collections.nCopies(FIELDS - written.size(), ""));
        account.hash(fields.get(1));
        // The mark at the end keeps the account in its home, as every account is here.
        String home = fields.get(HOME).replaceFirst("/\\./?$", "");
        if (home.equals(fields.get(HOME))) {
            account.loses("the way out of its home (pure-pw's -D)");
        }
        account.home(home);
        if (isRoot(fields.get(USER_ID)) || isRoot(fields.get(GROUP_ID))) {
            account.wasRestricted("has root's numbers, with which Pure-FTPd lets no account in");
        }
        account.limit("uploadrate", fields.get(UPLOAD_RATE));
        account.limit("downloadrate", fields.get(DOWNLOAD_RATE));
        account.limit("maxloginnumber", fields.get(SESSIONS));
        if (isSet(fields.get(UPLOAD_RATIO)) || isSet(fields.get(DOWNLOAD_RATIO))) {
            account.loses("its ratio of uploads to downloads");
        }
        account.limit("quota-files", fields.get(FILES));
        account.limit("quota-bytes", fields.get(BYTES));
        restricted(account, "is for the server's addresses ", fields.get(OWN_ADDRESSES));
        restricted(account, "isn't for the server's addresses ", fields.get(NOT_OWN_ADDRESSES));
        if (!fields.get(CLIENTS).isEmpty()) {
            account.isForClientsFrom(List.of(fields.get(CLIENTS).split(",")));
        }
        restricted(account, "isn't for clients from ", fields.get(NOT_CLIENTS));
        restricted(account, "is for the hours ", fields.get(HOURS));
        return account;
    }

    private static void restricted(ForeignAccount account, String how, String field) {
        if (!field.isEmpty()) {
            account.wasRestricted(how + field);
        }
    }

    private static boolean isRoot(String number) {
        return !number.matches("\\d*[1-9]\\d*");
    }

    private static boolean isSet(String limit) {
        return !limit.isEmpty() && !limit.matches("0+");
    }
}
