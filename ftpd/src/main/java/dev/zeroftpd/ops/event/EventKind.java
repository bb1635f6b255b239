package dev.zeroftpd.ops.event;

import java.util.Locale;

/** What can happen. The names are what operators script against. */
public enum EventKind {
    /** A connection was accepted and gets a session. */
    CONNECT(Sort.OF_STRANGERS),
    /** A connection got no session, or a session without a login was sent away. */
    REFUSED(Sort.OF_STRANGERS),
    LOGIN(Sort.OF_ACCOUNTS),
    /** A log-in that was refused, for whatever reason. */
    LOGIN_FAILED(Sort.OF_STRANGERS),
    /** A login has ended: with its session, or by USER, REIN or AUTH. */
    LOGOUT(Sort.OF_ACCOUNTS),
    /** A file was received, or should have been. */
    UPLOAD(Sort.TRANSFERS),
    /** A file was sent, or should have been. */
    DOWNLOAD(Sort.TRANSFERS),
    /** A directory was listed over a data connection. */
    LISTING(Sort.TRANSFERS),
    DELETE(Sort.OF_ACCOUNTS),
    RENAME(Sort.OF_ACCOUNTS),
    MKDIR(Sort.OF_ACCOUNTS),
    RMDIR(Sort.OF_ACCOUNTS),
    /** Times or permissions of a file were changed. */
    ATTRIBUTES(Sort.OF_ACCOUNTS),
    /** An account has used that part of its quota from which on operators want to know. */
    QUOTA_WARN(Sort.OF_ACCOUNTS),
    /** An account's quota is used up: something was refused. */
    QUOTA_FULL(Sort.OF_ACCOUNTS),
    /** An address may not connect for some time. */
    BAN(Sort.OF_STRANGERS),
    /** An operator has ended a ban. */
    UNBAN(Sort.OF_SERVER),
    /** An operator has ended a session. */
    KICK(Sort.OF_SERVER),
    /** A person has done something on the live page, or has signed in to it. */
    AUDIT(Sort.OF_SERVER),
    RELOAD(Sort.OF_SERVER),
    CERTIFICATE_EXPIRING(Sort.OF_SERVER),
    START(Sort.OF_SERVER),
    STOP(Sort.OF_SERVER);

    private enum Sort {
        OF_STRANGERS,
        OF_ACCOUNTS,
        TRANSFERS,
        OF_SERVER
    }

    private final Sort sort;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    EventKind(Sort sort) {
        this.sort = sort;
    }

    /** In lower case, with hyphens. */
    public String word() {
        return word;
    }

    /** Whether clients without an account can cause it as often as they like. */
    public boolean isOfStrangers() {
        return sort == Sort.OF_STRANGERS;
    }

    /** Whether it is about a data connection. */
    public boolean isTransfer() {
        return sort == Sort.TRANSFERS;
    }
}
