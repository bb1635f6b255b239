/** Tests of what is counted, and how it is written. */
@NullMarked
package dev.zeroftpd.admin.metric;

import org.jspecify.annotations.NullMarked;
