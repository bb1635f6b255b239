/** Tests of the plugin: by itself, and in a server, with a PostgreSQL that they start. */
@NullMarked
package dev.zeroftpd.sql;

import org.jspecify.annotations.NullMarked;
