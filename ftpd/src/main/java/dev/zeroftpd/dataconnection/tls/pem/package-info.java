/**
 * Reads certificates and private keys as certificate tools write them, and says what is wrong with a file. Knows nothing of
 * connections. Start reading at {@link dev.zeroftpd.dataconnection.tls.pem.Certificates}.
 */
@NullMarked
package dev.zeroftpd.dataconnection.tls.pem;

import org.jspecify.annotations.NullMarked;
