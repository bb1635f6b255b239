/** Tests of the plugin: by itself, and in a server, with a directory in this process. */
@NullMarked
package dev.zeroftpd.ldap;

import org.jspecify.annotations.NullMarked;
