/**
 * What the file of accounts says beyond Apache FtpServer's keys, as clients meet it: permissions by directory, groups, and from
 * where, until when and how an account can be used.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.accounts.PermissionTableIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.accounts;
