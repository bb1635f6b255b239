/** Tests of what {@code ftpd check} finds. */
@NullMarked
package dev.zeroftpd.cli.check;

import org.jspecify.annotations.NullMarked;
