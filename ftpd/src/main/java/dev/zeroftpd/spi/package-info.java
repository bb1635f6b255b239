/**
 * What a plugin implements to bring accounts from elsewhere, such as a directory or a database.
 *
 * <p>A plugin is a jar in {@code plugins/} with {@link dev.zeroftpd.spi.AccountSourceProvider} among its services
 * ({@code META-INF/services/dev.zeroftpd.spi.AccountSourceProvider}). Where {@code users.source} is set, and by {@code ftpd check}, an
 * object is made of each provider to ask its name; only the chosen one is asked for its source. This package knows no other one of the server, and its types change only in ways that existing plugins go on working with.
 * Start reading at {@link dev.zeroftpd.spi.AccountSourceProvider}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.spi;
