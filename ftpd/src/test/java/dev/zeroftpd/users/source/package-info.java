/** Tests of the guard around a plugin, with a plugin of their own. */
@NullMarked
package dev.zeroftpd.users.source;

import org.jspecify.annotations.NullMarked;
