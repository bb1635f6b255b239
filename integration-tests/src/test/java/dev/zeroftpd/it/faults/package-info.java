/**
 * What breaks around the server: disks, homes, networks, clocks, memory and clients that stop anywhere. Each test holds a row of
 * SECURITY/FAULTS.md: what the client is told, what stays whole, and that the server is afterwards what it was before.
 *
 * <p>Start reading at {@link dev.zeroftpd.it.faults.FullHomeIT}; {@link dev.zeroftpd.it.faults.Disk} has the file systems
 * that homes are on, {@link dev.zeroftpd.it.faults.Load} the clients that keep a server busy while something breaks.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it.faults;
