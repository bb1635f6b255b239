/**
 * Lets the accounts of an LDAP directory log in: {@code users.source=ldap}.
 *
 * <p>It knows nothing of the server but {@code dev.zeroftpd.spi}. Start reading at {@link dev.zeroftpd.ldap.LdapSource}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.ldap;
