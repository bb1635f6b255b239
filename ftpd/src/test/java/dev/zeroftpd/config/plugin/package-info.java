/** Tests of what is configured of plugins. */
@NullMarked
package dev.zeroftpd.config.plugin;

import org.jspecify.annotations.NullMarked;
