/**
 * How the commands write what they print: columns, units, and the text of strangers without control characters.
 *
 * <p>It must not know the commands. Start reading at {@link dev.zeroftpd.cli.text.Table}.
 */
@NullMarked
package dev.zeroftpd.cli.text;

import org.jspecify.annotations.NullMarked;
