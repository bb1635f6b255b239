/**
 * The operating system: foreign calls, error numbers, and what {@code /proc} tells.
 *
 * <p>It knows nothing of FTP, and no other package links a foreign function. Start reading at {@code SystemCall}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.os;
