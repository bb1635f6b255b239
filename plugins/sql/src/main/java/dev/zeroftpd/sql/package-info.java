/**
 * Lets the accounts of a PostgreSQL database log in: {@code users.source=sql}.
 *
 * <p>It knows nothing of the server but {@code dev.zeroftpd.spi}. Start reading at {@link dev.zeroftpd.sql.SqlSource}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.sql;
