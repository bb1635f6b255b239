/**
 * What {@code ftpd check} finds beyond what keeps the files from being read: what a start would refuse, and what an operator
 * probably didn't mean.
 *
 * <p>Looks, and changes nothing. It must not print: the command does. Start reading at {@link
 * dev.zeroftpd.cli.check.Examination}.
 */
@NullMarked
package dev.zeroftpd.cli.check;

import org.jspecify.annotations.NullMarked;
