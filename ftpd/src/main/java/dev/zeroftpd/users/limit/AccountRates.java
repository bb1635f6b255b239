package dev.zeroftpd.users.limit;

/**
 * How fast one account may transfer, in bytes a second; 0 is no limit. Immutable; any thread.
 *
 * @param upload of each upload by itself ({@code uploadrate}, as in Apache FtpServer)
 * @param download of each download by itself ({@code downloadrate})
 * @param uploadTotal of all uploads of the account together, whatever the number of its sessions ({@code uploadrate-total})
 * @param downloadTotal of all downloads of the account together ({@code downloadrate-total})
 */
public record AccountRates(long upload, long download, long uploadTotal, long downloadTotal) {

    public AccountRates {
        if (upload < 0 || download < 0 || uploadTotal < 0 || downloadTotal < 0) {
            throw new IllegalArgumentException("a transfer rate must not be negative");
        }
    }
}
