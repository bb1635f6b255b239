/** Tests of what an account may do at which path. */
@NullMarked
package dev.zeroftpd.rights;

import org.jspecify.annotations.NullMarked;
