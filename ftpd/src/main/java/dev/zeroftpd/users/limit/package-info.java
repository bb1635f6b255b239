/**
 * What an account is limited to: values that the reader of accounts makes, and that others hold sessions and transfers to.
 *
 * <p>They must not know where they were written. Start anywhere: each stands alone.
 */
@NullMarked
package dev.zeroftpd.users.limit;

import org.jspecify.annotations.NullMarked;
