/** Tests of the settings: every key, every default, every message. */
@NullMarked
package dev.zeroftpd.config;

import org.jspecify.annotations.NullMarked;
