package dev.zeroftpd.users.migration;

import dev.zeroftpd.config.AddressRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account as another server's file has it, while that is read. One thread. */
final class ForeignAccount {

    private final String where;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> restrictions = new ArrayList<>();
    private String hash = "";
    private String password = "";
    private String home = "";
    private boolean enabled = true;
    private Optional<Boolean> writes = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    /** @param where the line, or the part of the file */
    ForeignAccount(String where, String name) {
        this.where = where;
        this.name = name;
    }

    String where() {
        return where;
    }

    String name() {
        return name;
    }

    /** Of its password, as the file has it. */
    String hash() {
        return hash;
    }

    void hash(String stored) {
        hash = stored;
    }

    /** The password itself, where the file has that. */
    String password() {
        return password;
    }

    void password(String clear) {
        password = clear;
    }

    String home() {
        return home;
    }

    void home(String directory) {
        home = directory;
    }

    boolean enabled() {
        return enabled;
    }

    void disable() {
        enabled = false;
    }

    /** Whether it may change files; empty where the file doesn't say, or says by single permissions. */
    Optional<Boolean> writes() {
        return writes;
    }

    void writes(boolean permission) {
        writes = Optional.of(permission);
    }

    /** By the names that our accounts have for them. */
    Map<String, String> attributes() {
        return attributes;
    }

    /** A limit; those servers too have no limit where it is 0 or empty. */
    void limit(String attribute, String value) {
        if (!value.isEmpty() && !value.matches("0+")) {
            attributes.put(attribute, value);
        }
    }

    /** What has no counterpart here, in a clause. */
    List<String> lost() {
        return lost;
    }

    void loses(String what) {
        lost.add(what);
    }

    /** What kept clients out that would get in here, in a clause. */
    List<String> restrictions() {
        return restrictions;
    }

    void wasRestricted(String how) {
        restrictions.add(how);
    }

    /** Takes the addresses of its clients, or all of them as a restriction if one is a name or a pattern. */
    void isForClientsFrom(Collection<String> addresses) {
        List<String> ranges = addresses.stream().map(String::strip).toList();
        if (ranges.stream().allMatch(ForeignAccount::isRange)) {
            attributes.put("allow-from", String.join(",", ranges));
        } else {
            wasRestricted("is for clients from " + String.join(", ", ranges));
        }
    }

    private static boolean isRange(String text) {
        try {
            AddressRange.parse(text);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** Why it can't be taken, in a clause. */
    Optional<String> refusal() {
        return refusal;
    }

    void refuse(String why) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(why);
        }
    }
}
