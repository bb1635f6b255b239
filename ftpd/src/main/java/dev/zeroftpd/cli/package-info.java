/**
 * The {@code ftpd} command: reads what was typed, calls the server or edits the accounts, and says how that went.
 *
 * <p>The only package that ends the process or writes to standard output. It must not know sessions, transfers or Apache
 * FtpServer: what a subcommand does is done in {@code server}, {@code users} and {@code config}. Start reading at
 * {@link dev.zeroftpd.cli.Main}.
 */
@NullMarked
package dev.zeroftpd.cli;

import org.jspecify.annotations.NullMarked;
