/**
 * The operating system: foreign calls, error numbers, what {@code /proc} tells, and how a file is replaced in one step.
 *
 * <p>It knows nothing of FTP, and no other package links a foreign function. Start reading at {@code SystemCall}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.os;
