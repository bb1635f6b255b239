/** Tests of the accounts, with real files and with what Apache FtpServer itself has stored. */
@NullMarked
package dev.zeroftpd.users.password;

import org.jspecify.annotations.NullMarked;
