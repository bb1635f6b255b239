/**
 * What changes the bytes on their way: TYPE A and MODE Z (RFC 959, section 3; draft-preston-ftpext-deflate).
 *
 * <p>Conversions know neither files nor channels. Start reading at {@link dev.zeroftpd.transfer.form.Conversion}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.transfer.form;
