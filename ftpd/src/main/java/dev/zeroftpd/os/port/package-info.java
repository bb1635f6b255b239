/**
 * TCP ports as {@code /proc} tells of them: which the system assigns itself, which only root may bind, and who has one.
 *
 * <p>It knows nothing of listeners or of FTP. Each class stands alone.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.os.port;
