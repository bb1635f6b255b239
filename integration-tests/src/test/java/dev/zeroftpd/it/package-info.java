/**
 * The running server as a client sees it: commons-net, raw sockets and command-line clients against a process of its own,
 * and the kernel's account of what that process did. Each room below has the tests of one subject:
 *
 * <ul>
 *   <li>{@code support}: starts servers and speaks FTP, for all other rooms
 *   <li>{@code control}: log-ins, command lines and the ends of control connections
 *   <li>{@code transfer}: data connections, downloads, and transfers that break
 *   <li>{@code upload}: what becomes of the files that clients send
 *   <li>{@code hooks}: programs and servers of the operator that are told of events and asked about uploads
 *   <li>{@code files}: names, links, listings and the commands that change files
 *   <li>{@code balancer}: clients that come by way of a balancer, as the PROXY protocol names them
 *   <li>{@code tls}: what is encrypted, and by which certificate
 *   <li>{@code clients}: every client program at every job that it offers
 *   <li>{@code embedding}: our data path in an application that embeds Apache FtpServer
 *   <li>{@code logs}: what is told of all that happens, in each form
 *   <li>{@code operating}: the operator's commands against a server that runs
 *   <li>{@code monitoring}: metrics and health, as scrapers and balancers ask for them
 *   <li>{@code page}: the live page, as browsers and those who attack them ask for it
 *   <li>{@code lifecycle}: how the process starts and ends
 *   <li>{@code faults}: what breaks around the server, and clients that stop anywhere
 * </ul>
 *
 * <p>These tests know the contracts (configuration, replies, log lines), not the server's classes. A room may use
 * {@code support} and no other room. Start reading at {@code support.RunningServer} and {@code transfer.RetrieveIT}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.it;
