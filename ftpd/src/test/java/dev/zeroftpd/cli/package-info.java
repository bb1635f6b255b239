/** Tests of the command line. */
@NullMarked
package dev.zeroftpd.cli;

import org.jspecify.annotations.NullMarked;
